using System.ComponentModel;
using Waymark.Http;

namespace Waymark.CompilerServices;

/// <summary>What is wrong with the parameters of a request; nothing is allocated before the first error.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct BindErrors
{
    private List<string>? _details;

    /// <summary>True while nothing is wrong.</summary>
    public readonly bool IsEmpty => _details is null;

    internal readonly IReadOnlyList<string> Details => _details ?? [];

    /// <summary>Adds an error of a parameter.</summary>
    /// <param name="where">path, query, header, cookie or form.</param>
    /// <param name="name">The parameter's name there.</param>
    /// <param name="detail">A sentence.</param>
    public void Add(string where, string name, string detail) => (_details ??= []).Add(detail);

    /// <summary>Adds an error of a member of the body.</summary>
    /// <param name="place">JSON pointer: RFC 6901.</param>
    /// <param name="detail">A sentence.</param>
    public void AddBody(string place, string detail) => (_details ??= []).Add(detail);
}

/// <content>The refusal.</content>
public static partial class Bind
{
    /// <summary>Answers 400 with all errors.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="errors">At least one.</param>
    public static ValueTask Reject(Exchange exchange, in BindErrors errors)
    {
        ProblemDetails.Write(exchange.Response, 400, string.Join(" ", errors.Details));
        return ValueTask.CompletedTask;
    }
}
