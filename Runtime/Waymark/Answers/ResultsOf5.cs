using Waymark.Answers;

namespace Waymark;

/// <summary>One of five answers: a handler returns any of them, and each converts into the union.</summary>
/// <typeparam name="T1">Case 1: a typed result, or a type that is written as if it were returned alone.</typeparam>
/// <typeparam name="T2">Case 2: a typed result, or a type that is written as if it were returned alone.</typeparam>
/// <typeparam name="T3">Case 3: a typed result, or a type that is written as if it were returned alone.</typeparam>
/// <typeparam name="T4">Case 4: a typed result, or a type that is written as if it were returned alone.</typeparam>
/// <typeparam name="T5">Case 5: a typed result, or a type that is written as if it were returned alone.</typeparam>
/// <remarks>
/// An immutable value that holds its case without a box. <c>default</c> holds none, which fails the request (500).
/// </remarks>
public readonly struct Results<T1, T2, T3, T4, T5>
{
    private readonly T1 _case1;
    private readonly T2 _case2;
    private readonly T3 _case3;
    private readonly T4 _case4;
    private readonly T5 _case5;

    private Results(int index, T1 case1, T2 case2, T3 case3, T4 case4, T5 case5)
    {
        Index = index;
        _case1 = case1;
        _case2 = case2;
        _case3 = case3;
        _case4 = case4;
        _case5 = case5;
    }

    /// <summary>Which case this is, 1 to 5; 0 for <c>default</c>.</summary>
    public int Index { get; }

    /// <summary>Case 1.</summary>
    /// <exception cref="InvalidOperationException">It is another case.</exception>
    public T1 Case1 => Index == 1 ? _case1 : throw UnionCase.Wrong(1, Index);

    /// <summary>Case 2.</summary>
    /// <exception cref="InvalidOperationException">It is another case.</exception>
    public T2 Case2 => Index == 2 ? _case2 : throw UnionCase.Wrong(2, Index);

    /// <summary>Case 3.</summary>
    /// <exception cref="InvalidOperationException">It is another case.</exception>
    public T3 Case3 => Index == 3 ? _case3 : throw UnionCase.Wrong(3, Index);

    /// <summary>Case 4.</summary>
    /// <exception cref="InvalidOperationException">It is another case.</exception>
    public T4 Case4 => Index == 4 ? _case4 : throw UnionCase.Wrong(4, Index);

    /// <summary>Case 5.</summary>
    /// <exception cref="InvalidOperationException">It is another case.</exception>
    public T5 Case5 => Index == 5 ? _case5 : throw UnionCase.Wrong(5, Index);

    /// <summary>Makes case 1.</summary>
    /// <param name="value">The answer.</param>
    public static implicit operator Results<T1, T2, T3, T4, T5>(T1 value) =>
        new(1, value, default!, default!, default!, default!);

    /// <summary>Makes case 2.</summary>
    /// <param name="value">The answer.</param>
    public static implicit operator Results<T1, T2, T3, T4, T5>(T2 value) =>
        new(2, default!, value, default!, default!, default!);

    /// <summary>Makes case 3.</summary>
    /// <param name="value">The answer.</param>
    public static implicit operator Results<T1, T2, T3, T4, T5>(T3 value) =>
        new(3, default!, default!, value, default!, default!);

    /// <summary>Makes case 4.</summary>
    /// <param name="value">The answer.</param>
    public static implicit operator Results<T1, T2, T3, T4, T5>(T4 value) =>
        new(4, default!, default!, default!, value, default!);

    /// <summary>Makes case 5.</summary>
    /// <param name="value">The answer.</param>
    public static implicit operator Results<T1, T2, T3, T4, T5>(T5 value) =>
        new(5, default!, default!, default!, default!, value);

    /// <summary>True where this is case 1, which then is <paramref name="value"/>.</summary>
    /// <param name="value">The answer, or <c>default</c>.</param>
    public bool TryGet(out T1 value)
    {
        value = _case1;
        return Index == 1;
    }

    /// <summary>True where this is case 2, which then is <paramref name="value"/>.</summary>
    /// <param name="value">The answer, or <c>default</c>.</param>
    public bool TryGet(out T2 value)
    {
        value = _case2;
        return Index == 2;
    }

    /// <summary>True where this is case 3, which then is <paramref name="value"/>.</summary>
    /// <param name="value">The answer, or <c>default</c>.</param>
    public bool TryGet(out T3 value)
    {
        value = _case3;
        return Index == 3;
    }

    /// <summary>True where this is case 4, which then is <paramref name="value"/>.</summary>
    /// <param name="value">The answer, or <c>default</c>.</param>
    public bool TryGet(out T4 value)
    {
        value = _case4;
        return Index == 4;
    }

    /// <summary>True where this is case 5, which then is <paramref name="value"/>.</summary>
    /// <param name="value">The answer, or <c>default</c>.</param>
    public bool TryGet(out T5 value)
    {
        value = _case5;
        return Index == 5;
    }
}
