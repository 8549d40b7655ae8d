using System.ComponentModel;
using Waymark.Answers;

namespace Waymark.CompilerServices;

/// <summary>Picks the media type of an answer by the client's Accept field: RFC 9110 section 12.5.1.</summary>
/// <remarks>Called by generated code where <see cref="ProducesAttribute"/> lists several types.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Negotiation
{
    /// <summary>Picks a type and sets Content-Type and Vary.</summary>
    /// <param name="exchange">The exchange; its answer has not started.</param>
    /// <param name="mediaTypes">What there is, the one that is liked best first.</param>
    /// <returns>Which type; -1 where the client takes none, and 406 was answered.</returns>
    public static int Choose(Exchange exchange, ReadOnlySpan<string> mediaTypes)
    {
        int chosen = Choose(exchange.Request, mediaTypes);
        Response response = exchange.Response;
        // RFC 9110 section 12.5.5: a cache keeps the answers apart.
        response.Headers.AddTrusted("Vary"u8, "Accept"u8);
        if (chosen >= 0)
        {
            MediaTypeField.Set(response, mediaTypes[chosen]);
            return chosen;
        }

        string all = string.Join(", ", mediaTypes);
        Problem.Write(exchange, 406, $"This path answers {all}; the Accept field takes none of them.");
        return -1;
    }

    /// <summary>Picks a type.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mediaTypes">What there is, the one that is liked best first.</param>
    /// <returns>Which type; -1 where the client takes none.</returns>
    public static int Choose(Request request, ReadOnlySpan<string> mediaTypes)
    {
        int best = -1;
        int bestWeight = 0;
        for (int index = 0; index < mediaTypes.Length; index++)
        {
            int weight = AcceptField.WeightOf(request.Headers, mediaTypes[index]);
            if (weight > bestWeight)
            {
                best = index;
                bestWeight = weight;
            }
        }

        return best;
    }
}
