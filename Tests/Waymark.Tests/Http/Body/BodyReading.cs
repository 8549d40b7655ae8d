using System.Text;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Body;

/// <summary>Begins bodies without a connection, and reads them in small pieces.</summary>
internal static class BodyReading
{
    /// <summary>A chunked body, or one of a length.</summary>
    public static RequestBody Begin(
        FakeBodySource source, long bodyBytesMax = 1000, long? length = null, HeadFacts facts = HeadFacts.None)
    {
        var head = new RequestHead(1);
        head.Reset();
        head.MinorVersion = 1;
        head.ContentLength = length ?? -1;
        head.Facts = length is null ? facts | HeadFacts.Chunked : facts;
        var body = new RequestBody(source, new ServerLimits { BodyBytesMax = bodyBytesMax });
        body.Begin(in head);
        return body;
    }

    public static async Task<string> ReadAllAsync(RequestBody body)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[7];
        int count;
        while ((count = await body.ReadAsync(buffer)) > 0)
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        return text.ToString();
    }
}
