using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Waymark.CompilerServices;

/// <summary>Refuses the values that no request for the link could carry, where the link is made.</summary>
/// <remarks>Called by generated code, which names the parameter of the method that the user called.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LinkCheck
{
    private static readonly SearchValues<char> PrefixCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%");

    /// <summary>A text that is a whole segment.</summary>
    /// <param name="value">The text.</param>
    /// <param name="parameter">The parameter to name.</param>
    /// <exception cref="ArgumentException">
    /// It is null, empty, <c>.</c> or <c>..</c>, or holds NUL or half of a surrogate pair.
    /// </exception>
    public static void Segment([NotNull] string? value, string parameter)
    {
        Text(value, parameter);
        if (value.Length == 0)
            RefuseEmpty(parameter);
        if (value is "." or "..")
            RefuseDots(parameter);
    }

    /// <summary>A text that is the rest of a path.</summary>
    /// <param name="value">The text.</param>
    /// <param name="isOptional">Whether it may be empty or null.</param>
    /// <param name="parameter">The parameter to name.</param>
    /// <exception cref="ArgumentException">
    /// It is empty where it must not be, holds NUL, half of a surrogate pair or a segment <c>.</c> or <c>..</c>.
    /// </exception>
    public static void Rest(string? value, bool isOptional, string parameter)
    {
        if (value is null && isOptional)
            return;
        Text(value, parameter);
        if (value.Length == 0 && !isOptional)
            RefuseEmpty(parameter);
        ReadOnlySpan<char> rest = value;
        foreach (Range range in rest.Split('/'))
        {
            if (rest[range] is "." or "..")
                RefuseDots(parameter);
        }
    }

    /// <summary>A text that can be anywhere in a query.</summary>
    /// <param name="value">The text.</param>
    /// <param name="parameter">The parameter to name.</param>
    /// <exception cref="ArgumentException">It is null, or holds NUL or half of a surrogate pair.</exception>
    public static void Text([NotNull] string? value, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        for (int index = 0; index < value.Length; index++)
        {
            char character = value[index];
            if (character == 0)
                RefuseBroken(parameter);
            if (!char.IsSurrogate(character))
                continue;
            if (!char.IsSurrogatePair(value, index))
                RefuseBroken(parameter);
            index++;
        }
    }

    /// <summary>Texts of a query.</summary>
    /// <param name="values">The texts; a null among them is left out of the link.</param>
    /// <param name="parameter">The parameter to name.</param>
    /// <exception cref="ArgumentException">One of them holds NUL or half of a surrogate pair.</exception>
    public static void Texts(IReadOnlyList<string>? values, string parameter)
    {
        for (int index = 0; index < (values?.Count ?? 0); index++)
        {
            if (values![index] is { } value)
                Text(value, parameter);
        }
    }

    /// <summary>A number with a fraction.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The number.</param>
    /// <param name="parameter">The parameter to name.</param>
    /// <exception cref="ArgumentException">It is infinite or not a number.</exception>
    public static void Finite<T>(T value, string parameter)
        where T : INumberBase<T>
    {
        if (!T.IsFinite(value))
            throw new ArgumentException("A link holds finite numbers only: no handler takes another.", parameter);
    }

    /// <summary>A value of an enum that none of its names stands for.</summary>
    /// <param name="parameter">The parameter to name.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ArgumentException NoName(string parameter) =>
        new("The value has no name in its enum, and a link spells it by its name.", parameter);

    /// <summary>A value that its constraint in the template does not take.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="parameter">The parameter to name.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ArgumentException Unmet(string constraint, string parameter) =>
        new($"The value does not meet the constraint <{constraint}> of the route, which would not answer the link.",
            parameter);

    /// <summary>A prefix of <see cref="Link{TPath}.Under"/>.</summary>
    internal static void Prefix(string prefix, string parameter)
    {
        ArgumentNullException.ThrowIfNull(prefix, parameter);
        bool isPath = prefix.Length > 1 && prefix[0] == '/' && prefix[^1] != '/';
        if (!isPath || prefix.AsSpan().ContainsAnyExcept(PrefixCharacters))
        {
            throw new ArgumentException(
                "A prefix is a path as it stands in a request: it starts with '/', does not end with one, and what " +
                "is not ASCII is percent-encoded, as in \"/billing\".", parameter);
        }
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void RefuseEmpty(string parameter) => throw new ArgumentException(
        "The value is empty, and a segment of a path is not: the link would lead to another route.", parameter);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void RefuseDots(string parameter) => throw new ArgumentException(
        "A segment of a path cannot be '.' or '..': a client removes it (RFC 3986 section 5.2.4).", parameter);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void RefuseBroken(string parameter) => throw new ArgumentException(
        "A link can hold neither NUL nor half of a surrogate pair: the server refuses such requests.", parameter);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void RefuseTail(string parameter, string tail) => throw new ArgumentException(
        $"The value holds '{tail}', which ends the capture in the template: the rest would go to the next one.",
        parameter);
}
