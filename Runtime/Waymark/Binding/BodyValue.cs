using System.ComponentModel;
using Waymark.Http.Problems;

namespace Waymark.CompilerServices;

/// <summary>A body that was read, or its refusal.</summary>
/// <remarks>Called by generated code; not meant for direct use.</remarks>
/// <typeparam name="T">The type of the body.</typeparam>
/// <param name="HasValue">False where the request is refused.</param>
/// <param name="Value">The value; only with <paramref name="HasValue"/>.</param>
/// <param name="Refusal">Why JSON is refused, for the caller to answer; a form's refusal is answered already.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BodyValue<T>(bool HasValue, T? Value, BodyRefusal? Refusal = null);

/// <summary>Why a body could not be read, before it is answered.</summary>
/// <remarks>Called by generated code; not meant for direct use. Immutable.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BodyRefusal
{
    internal BodyRefusal(ProblemType type, string detail, ValidationFindings findings = default)
    {
        Type = type;
        Detail = detail;
        Findings = findings;
    }

    /// <summary>The kind of problem, with its status.</summary>
    internal ProblemType Type { get; }

    /// <summary>A sentence for the client.</summary>
    internal string Detail { get; }

    /// <summary>The members that are missing, each an error of its own; empty where it is something else.</summary>
    internal ValidationFindings Findings { get; }
}
