using System.ComponentModel;
using Waymark.Http;

namespace Waymark.CompilerServices;

/// <summary>Where a member of a gathered type has its value from.</summary>
/// <remarks>Called by generated code; not meant for direct use.</remarks>
/// <param name="Member">As a JSON pointer from the type on: <c>/Page</c>.</param>
/// <param name="In">path, query, header, cookie or form; body for the JSON body.</param>
/// <param name="Name">Its name there.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BindPlace(string Member, string In, string Name);

/// <content>Types that gather several values, made by constructors and setters of the program's own.</content>
public static partial class Bind
{
    private const string OfBody = "body";

    /// <summary>
    /// True where a constructor or setter refuses its values: <see cref="ArgumentException"/>,
    /// <see cref="FormatException"/>, <see cref="OverflowException"/>. Else the exception is a failure of the program,
    /// and remembers the parameter for the log.
    /// </summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="parameter">The parameter whose value was being made.</param>
    public static bool IsRefusal(Exception thrown, string parameter)
    {
        if (FailedParameter.IsRefusal(thrown))
            return true;
        FailedParameter.Note(thrown, $"The parameter '{parameter}'");
        return false;
    }

    /// <summary>Notes that the values were refused; never with the exception's text, which is the program's.</summary>
    /// <param name="thrown">What the constructor or setter threw.</param>
    /// <param name="places">The members.</param>
    /// <param name="errors">Takes it.</param>
    public static void Refuse(Exception thrown, BindPlace[] places, ref BindErrors errors)
    {
        ArgumentNullException.ThrowIfNull(places);
        BindPlace? place = thrown is ArgumentException { ParamName: { } member }
            ? Find(places, "/" + member, out _)
            : null;
        if (places.Length == 1)
            place = places[0];
        if (place is { In: not OfBody } found)
            errors.AddRule(found.In, found.Name, "must be valid");
        else if (place is not null)
            errors.AddBody("", "must be valid");
        else if (places.Length == 0)
            errors.AddUnplaced("The request is not valid.");
        else
            errors.AddUnplaced($"The values are not valid together: {string.Join(", ", NamesOf(places))}.");
    }

    /// <summary>Adds what the type's own <c>Validate</c> found, each where the value came from.</summary>
    /// <param name="found">The errors; null for none. At most 100 are looked at.</param>
    /// <param name="places">The members.</param>
    /// <param name="errors">Takes them.</param>
    public static void AddFound(IEnumerable<ValidationError>? found, BindPlace[] places, ref BindErrors errors)
    {
        ArgumentNullException.ThrowIfNull(places);
        ValidationFindings findings = default;
        findings.AddRange(found);
        foreach ((string pointer, string detail) in findings.Errors)
        {
            BindPlace? place = Find(places, pointer, out string rest);
            if (place is not { } from)
                errors.AddUnplaced(detail);
            else if (from.In == OfBody)
                errors.AddBody(rest, detail);
            else
                errors.AddRule(from.In, from.Name, detail);
        }
    }

    /// <summary>
    /// The member that a pointer is about, or something in it: by its name in C# or, at the top, in the request.
    /// </summary>
    private static BindPlace? Find(BindPlace[] places, string pointer, out string rest)
    {
        for (int length = pointer.Length; length > 0; length = pointer.LastIndexOf('/', length - 1))
        {
            string name = pointer[..length];
            rest = pointer[length..];
            foreach (BindPlace place in places)
            {
                if (name.Equals(place.Member, StringComparison.OrdinalIgnoreCase)
                    || name.AsSpan(1).Equals(place.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return place;
                }
            }
        }

        rest = pointer;
        return null;
    }

    private static string[] NamesOf(BindPlace[] places) =>
        Array.ConvertAll(places, place => place.In == OfBody ? "the body" : $"'{place.Name}'");
}
