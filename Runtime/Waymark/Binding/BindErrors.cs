using System.ComponentModel;
using System.Runtime.InteropServices;
using Waymark.Http;
using Waymark.Http.Problems;

namespace Waymark.CompilerServices;

/// <summary>What is wrong with a request's parameters and body; nothing is allocated before the first error.</summary>
/// <remarks>
/// Filled by generated code; not meant for direct use. At most 100 errors are kept: the answer says how many more there
/// were. A mutable value: it is passed by reference.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct BindErrors
{
    private const int KeptMax = 100;

    /// <summary>How a rule of ours begins; a user's own message is a sentence.</summary>
    private const string Fragment = "must ";

    private List<ProblemError>? _kept;
    private bool _hasParameter;
    private int _leftOutCount;

    /// <summary>How many there are.</summary>
    public readonly int Count => _kept is null ? 0 : _kept.Count + _leftOutCount;

    /// <summary>True while nothing is wrong.</summary>
    public readonly bool IsEmpty => _kept is null;

    /// <summary>Adds an error of a parameter.</summary>
    /// <param name="where">path, query, header, cookie or form.</param>
    /// <param name="name">The parameter's name there.</param>
    /// <param name="detail">A sentence that names the parameter.</param>
    public void Add(string where, string name, string detail)
    {
        _hasParameter = true;
        Keep(new ProblemError(detail, where, name));
    }

    /// <summary>Adds a rule that a parameter breaks.</summary>
    /// <param name="where">path, query, header, cookie or form.</param>
    /// <param name="name">The parameter's name there.</param>
    /// <param name="rule">What is asked, as in <c>must be from 1 to 9</c>, or a whole sentence of the user's.</param>
    public void AddRule(string where, string name, string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        bool isFragment = rule.StartsWith(Fragment, StringComparison.Ordinal);
        Add(where, name, isFragment ? $"{Describe(where, name)} {rule}." : rule);
    }

    /// <summary>Adds an error of a member of the body.</summary>
    /// <param name="place">JSON pointer (RFC 6901) from the body's root on; "" is the whole body.</param>
    /// <param name="detail">A sentence.</param>
    public void AddBody(string place, string detail) => Keep(new ProblemError(detail, null, place));

    /// <summary>Adds an error of parameters that has no place among them; a rule is one of the request then.</summary>
    internal void AddUnplaced(string detail)
    {
        _hasParameter = true;
        bool isFragment = detail.StartsWith(Fragment, StringComparison.Ordinal);
        Keep(new ProblemError(isFragment ? $"The request {detail}." : detail, null, null));
    }

    /// <summary>Answers 400 with all of them; there is at least one.</summary>
    internal readonly void Write(Response response)
    {
        if (_kept is null)
            throw new InvalidOperationException("A request without errors is not refused.");
        ProblemType type = _hasParameter ? ProblemTypes.InvalidParameters : ProblemTypes.Validation;
        int count = Count;
        string first = Describe(_kept[0]);
        string detail = count == 1 ? first : $"{count} values of the request are wrong. The first: {first}";
        if (_leftOutCount == 0)
        {
            ProblemWriter.Write(response, type, detail, CollectionsMarshal.AsSpan(_kept));
            return;
        }

        string note = _leftOutCount == 1 ? "1 more is not listed." : $"{_leftOutCount} more are not listed.";
        ProblemWriter.Write(response, type, detail, [.. _kept, new ProblemError(note, null, null)]);
    }

    /// <summary>An error outside the list: there a pointer does not stand beside it.</summary>
    private static string Describe(ProblemError error)
    {
        if (error.In is not null || error.Name is null)
            return error.Detail;
        string place = error.Name.Length == 0 ? "The body" : $"'{error.Name}' of the body";
        return error.Detail.StartsWith(Fragment, StringComparison.Ordinal)
            ? $"{place} {error.Detail}."
            : $"{place} is not valid: {error.Detail}";
    }

    /// <summary>A parameter as messages name it: <c>The query parameter 'page'</c>.</summary>
    internal static string Describe(string where, string name) => where switch
    {
        "path" or "query" => $"The {where} parameter '{name}'",
        "header" => $"The header field '{name}'",
        "form" => $"The form field '{name}'",
        _ => $"The {where} '{name}'",
    };

    private void Keep(ProblemError error)
    {
        _kept ??= [];
        if (_kept.Count < KeptMax)
            _kept.Add(error);
        else
            _leftOutCount++;
    }
}

/// <content>The refusal.</content>
public static partial class Bind
{
    /// <summary>Answers for a body that could not be read, with what is wrong besides.</summary>
    /// <remarks>
    /// A body that is missing or malformed (400) is one error more where parameters are wrong too. 411 and 415 are
    /// answered alone: nothing else can be said of such a request before it is sent in another way.
    /// </remarks>
    /// <param name="exchange">The exchange.</param>
    /// <param name="errors">What is wrong with the parameters; may be empty.</param>
    /// <param name="refusal">Why the body could not be read.</param>
    public static ValueTask Reject(Exchange exchange, in BindErrors errors, BodyRefusal? refusal)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(refusal);
        if (refusal.Findings.Count > 0)
        {
            BindErrors missing = errors;
            refusal.Findings.MoveTo(ref missing);
            return Reject(exchange, in missing);
        }

        if (errors.IsEmpty || refusal.Type.Status != 400)
        {
            ProblemWriter.Write(exchange.Response, refusal.Type, refusal.Detail);
            return ValueTask.CompletedTask;
        }

        BindErrors all = errors;
        all.AddBody("", refusal.Detail);
        return Reject(exchange, in all);
    }

    /// <summary>Answers 400 with all errors, in the member <c>errors</c> of a problem document.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="errors">At least one.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static ValueTask Reject(Exchange exchange, in BindErrors errors)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        errors.Write(exchange.Response);
        return ValueTask.CompletedTask;
    }
}
