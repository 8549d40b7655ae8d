using System.Text;
using Waymark.Http;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Answers;

/// <summary>Request headers from text, for what reads them without a request around.</summary>
internal static class HeaderText
{
    /// <param name="lines">Field lines, joined by <c>|</c>: <c>Accept: text/*|Range: bytes=0-1</c>.</param>
    public static RequestHeaders Read(string lines)
    {
        var fields = new List<HeaderField>();
        int offset = 0;
        foreach (string line in lines.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            fields.Add(new HeaderField(offset, colon, offset + colon + 2, line.Length - colon - 2));
            offset += line.Length + 1;
        }

        return new RequestHeaders(Encoding.Latin1.GetBytes(lines), fields.ToArray());
    }
}
