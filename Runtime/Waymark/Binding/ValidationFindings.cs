using System.ComponentModel;
using System.Globalization;

namespace Waymark.CompilerServices;

/// <summary>What is wrong with an object and all below it; nothing is allocated before the first error.</summary>
/// <remarks>
/// Filled by generated code; not meant for direct use. Pointers are built from the inside out: what validates a member
/// adds errors with pointers from that member on, and its caller puts the member's name before those that are new
/// (<see cref="Enter(int, string)"/>). So a valid object costs no path, however deep it is. A mutable value: it is
/// passed by reference.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ValidationFindings
{
    /// <summary>How many errors are looked for; validation stops there.</summary>
    public const int CountMax = 100;

    /// <summary>How deep objects are followed into each other; an object below is an error.</summary>
    public const int DepthMax = 64;

    private List<ValidationError>? _errors;

    /// <summary>The number of errors, from 0 to <see cref="CountMax"/>.</summary>
    public readonly int Count => _errors?.Count ?? 0;

    /// <summary>The errors, in their order.</summary>
    internal readonly IReadOnlyList<ValidationError> Errors => _errors ?? [];

    /// <summary>True where nothing more is looked for.</summary>
    public readonly bool IsFull => Count >= CountMax;

    /// <summary>Adds an error.</summary>
    /// <param name="place">JSON pointer (RFC 6901) from the object on that is being validated.</param>
    /// <param name="detail">A sentence.</param>
    public void Add(string place, string detail)
    {
        if (!IsFull)
            (_errors ??= []).Add(new ValidationError(place, detail));
    }

    /// <summary>Adds what the user's own method found.</summary>
    /// <param name="errors">The errors; null for none.</param>
    public void AddRange(IEnumerable<ValidationError>? errors)
    {
        // An array is what `=> []` yields; it is not worth an enumerator.
        if (errors is null or ValidationError[] { Length: 0 })
            return;
        foreach (ValidationError error in errors)
        {
            // A bare name is taken for a member.
            bool isPointer = error.Pointer.Length == 0 || error.Pointer[0] == '/';
            string pointer = isPointer ? error.Pointer : "/" + error.Pointer;
            Add(pointer, error.Detail);
            if (IsFull)
                return;
        }
    }

    /// <summary>Says of the object being validated that it lies too deep.</summary>
    public void AddTooDeep() => Add("", $"must not be nested deeper than {DepthMax} levels");

    /// <summary>Puts a member's name before the pointers of the errors that were found in it.</summary>
    /// <param name="from">The number of errors before the member was validated.</param>
    /// <param name="name">Its name in JSON or its key, not escaped.</param>
    public readonly void Enter(int from, string name)
    {
        if (Count == from)
            return;
        // RFC 6901 section 3; the tilde first, or a slash would be escaped twice.
        string prefix = "/" + name
            .Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal);
        for (int index = from; index < _errors!.Count; index++)
            _errors[index] = _errors[index] with { Pointer = prefix + _errors[index].Pointer };
    }

    /// <summary>Puts an index before the pointers of the errors that were found in an item.</summary>
    /// <param name="from">The number of errors before the item was validated.</param>
    /// <param name="index">The index.</param>
    public readonly void Enter(int from, int index)
    {
        if (Count > from)
            Enter(from, index.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Hands all errors over as errors of the body.</summary>
    /// <param name="errors">Gets them, in their order.</param>
    public readonly void MoveTo(ref BindErrors errors)
    {
        if (_errors is null)
            return;
        foreach (ValidationError error in _errors)
            errors.AddBody(error.Pointer, error.Detail);
    }
}
