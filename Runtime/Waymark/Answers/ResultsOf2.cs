using Waymark.Answers;

namespace Waymark;

/// <summary>One of two answers: a handler returns any of them, and each converts into the union.</summary>
/// <typeparam name="T1">Case 1: a typed result, or a type that is written as if it were returned alone.</typeparam>
/// <typeparam name="T2">Case 2: a typed result, or a type that is written as if it were returned alone.</typeparam>
/// <remarks>
/// An immutable value that holds its case without a box. <c>default</c> holds none, which fails the request (500).
/// </remarks>
public readonly struct Results<T1, T2>
{
    private readonly T1 _case1;
    private readonly T2 _case2;

    private Results(int index, T1 case1, T2 case2)
    {
        Index = index;
        _case1 = case1;
        _case2 = case2;
    }

    /// <summary>Which case this is, 1 to 2; 0 for <c>default</c>.</summary>
    public int Index { get; }

    /// <summary>Case 1.</summary>
    /// <exception cref="InvalidOperationException">It is another case.</exception>
    public T1 Case1 => Index == 1 ? _case1 : throw UnionCase.Wrong(1, Index);

    /// <summary>Case 2.</summary>
    /// <exception cref="InvalidOperationException">It is another case.</exception>
    public T2 Case2 => Index == 2 ? _case2 : throw UnionCase.Wrong(2, Index);

    /// <summary>Makes case 1.</summary>
    /// <param name="value">The answer.</param>
    public static implicit operator Results<T1, T2>(T1 value) => new(1, value, default!);

    /// <summary>Makes case 2.</summary>
    /// <param name="value">The answer.</param>
    public static implicit operator Results<T1, T2>(T2 value) => new(2, default!, value);

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
}
