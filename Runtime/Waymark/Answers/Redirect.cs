using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>301, 302, 303, 307 or 308: the client goes elsewhere. RFC 9110 section 15.4.</summary>
/// <remarks>
/// Made by <see cref="Results.Redirect"/> and <see cref="Results.SeeOther"/>. An immutable value. A location that comes
/// from the client can lead to any site: check that it is one of yours.
/// </remarks>
public readonly struct Redirect : IAnswer
{
    internal Redirect(string location, int status)
    {
        Location = LocationField.Check(location);
        StatusCode = status;
    }

    /// <summary>Where the client goes: a path or a URI.</summary>
    public string? Location { get; }

    /// <summary>301, 302, 303, 307 or 308.</summary>
    public int StatusCode { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange)
    {
        LocationField.Set(exchange.Response, Location);
        return ResultWriter.Empty(exchange, StatusCode);
    }
}
