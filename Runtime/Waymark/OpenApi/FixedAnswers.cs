namespace Waymark.OpenApi;

/// <summary>The handler around the router that gives the answers known at the start.</summary>
/// <remarks>
/// It stands only where something is mapped: a server without documents has none of it on its path. There are some six
/// answers at most, so comparing lengths and bytes one after the other is the whole search.
/// </remarks>
internal sealed class FixedAnswers(FixedAnswer[] answers, Handler next)
{
    /// <summary>Answers the exchange, or hands it on.</summary>
    public ValueTask HandleAsync(Exchange exchange)
    {
        ReadOnlySpan<byte> path = exchange.Request.MatchPath;
        foreach (FixedAnswer answer in answers)
        {
            if (answer.Answers(path))
                return answer.WriteAsync(exchange);
        }

        return next(exchange);
    }
}
