using System.Text;
using Waymark.Http.Body;

namespace Waymark.Tests.Http.Body;

/// <summary>Reads multipart bodies without a connection, cut as a test says.</summary>
internal static class MultipartReading
{
    /// <summary>Every part as <c>name(file name)=content</c>, and the reason of a refusal behind them.</summary>
    public static async Task<List<string>> ReadAsync(byte[][] pieces, string boundary = "b", int readBytes = 4096)
    {
        using var source = new FakeBodySource(pieces);
        RequestBody body = BodyReading.Begin(source, int.MaxValue, pieces.Sum(piece => piece.Length));
        MultipartReader reader = Open(body, boundary);
        var seen = new List<string>();
        byte[] buffer = new byte[readBytes];
        try
        {
            while (await reader.ReadNextAsync() is { } part)
            {
                var content = new StringBuilder();
                for (int count; (count = await part.ReadAsync(buffer)) > 0;)
                    content.Append(Encoding.Latin1.GetString(buffer, 0, count));
                seen.Add($"{part.Name}({part.FileName})={content}");
            }

            Assert.True(body.IsComplete);
        }
        catch (BadRequestException e)
        {
            seen.Add(e.Rejection.ToString());
        }
        finally
        {
            reader.Release();
        }

        return seen;
    }

    public static MultipartReader Open(RequestBody body, string boundary = "b") =>
        new(body, Encoding.ASCII.GetBytes($"\r\n--{boundary}"));

    /// <summary>A part with a name, as it stands in a body.</summary>
    public static string Part(string name, string content) =>
        $"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n";
}
