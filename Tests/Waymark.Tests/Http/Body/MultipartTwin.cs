using System.Text.RegularExpressions;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Body;

/// <summary>The slow, obvious twin of the multipart parser: strings, with the whole body at hand.</summary>
/// <remarks>Knows no limits; tests of those stand alone.</remarks>
internal static class MultipartTwin
{
    private const string Token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private const string Quoted = "\"((?:\\\\[\"\\\\]|\\\\(?![\"\\\\])|[^\"\\\\])*)\"";

    /// <summary>Every part as <c>name(file name)=content</c>, and the reason of a refusal behind them.</summary>
    public static List<string> Parse(string body, string boundary)
    {
        var seen = new List<string>();
        RequestRejection end = Read(body, boundary, seen);
        if (end != RequestRejection.None)
            seen.Add(end.ToString());
        return seen;
    }

    private static RequestRejection Read(string body, string boundary, List<string> seen)
    {
        string dashes = "--" + boundary;
        string delimiter = "\r\n" + dashes;
        int at = body.StartsWith(dashes, StringComparison.Ordinal) ? dashes.Length : After(body, delimiter, 0);
        while (at >= 0)
        {
            RequestRejection line = ReadLine(body, ref at, out bool isClose);
            if (line != RequestRejection.None || isClose)
                return line;
            RequestRejection head = ReadHead(body, ref at, out List<(string Name, string Value)> fields);
            if (head != RequestRejection.None)
                return head;
            string[] dispositions = [.. fields
                .Where(field => field.Name.Equals("content-disposition", StringComparison.OrdinalIgnoreCase))
                .Select(field => field.Value)];
            if (dispositions.Length != 1 || Describe(dispositions[0]) is not { } part)
                return RequestRejection.InvalidDisposition;
            int start = at;
            at = body.AsSpan(at).StartsWith(dashes) ? at + dashes.Length : After(body, delimiter, at);
            if (at >= 0)
                seen.Add($"{part}={(at == start + dashes.Length ? "" : body[start..(at - delimiter.Length)])}");
        }

        return RequestRejection.MultipartIncomplete;
    }

    private static int After(string text, string found, int start)
    {
        int index = text.IndexOf(found, start, StringComparison.Ordinal);
        return index < 0 ? -1 : index + found.Length;
    }

    private static RequestRejection ReadLine(string body, ref int at, out bool isClose)
    {
        string rest = body[at..];
        isClose = rest.StartsWith("--", StringComparison.Ordinal);
        if (rest == "-")
            return RequestRejection.MultipartIncomplete;
        int padded = at + (isClose ? 2 : 0);
        at = padded + body[padded..].TakeWhile(one => one is ' ' or '\t').Count();
        rest = body[at..];
        if (rest.StartsWith("\r\n", StringComparison.Ordinal))
        {
            at += 2;
            return RequestRejection.None;
        }

        return isClose && rest.Length == 0 ? RequestRejection.None
            : rest is "" or "\r" ? RequestRejection.MultipartIncomplete
            : RequestRejection.InvalidDelimiter;
    }

    private static RequestRejection ReadHead(
        string body, ref int at, out List<(string Name, string Value)> fields)
    {
        fields = [];
        while (true)
        {
            string rest = body[at..];
            if (rest.StartsWith("\r\n", StringComparison.Ordinal))
            {
                at += 2;
                return RequestRejection.None;
            }

            if (rest is "" or "\r" || Regex.IsMatch(rest, $"\\A{Token}(:[^\0-\x08\x0a-\x1f\x7f]*\r?)?\\z"))
                return RequestRejection.MultipartIncomplete;
            Match line = Regex.Match(rest, $"\\A({Token}):([^\0-\x08\x0a-\x1f\x7f]*)\r\n");
            if (!line.Success)
                return RequestRejection.InvalidPartHeader;
            fields.Add((line.Groups[1].Value, line.Groups[2].Value.Trim(' ', '\t')));
            at += line.Length;
        }
    }

    private static string? Describe(string value)
    {
        string parameter = $"({Token})=(?:({Token})|{Quoted})";
        Match whole = Regex.Match(
            value, $"\\A[ \t]*form-data[ \t]*(?:;[ \t]*(?:{parameter})?[ \t]*)*\\z", RegexOptions.IgnoreCase);
        if (!whole.Success)
            return null;
        string[] Values(string name) => [.. whole.Groups[1].Captures
            .Select((capture, index) => (capture, index))
            .Where(one => one.capture.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(one => Regex.Match(value[one.capture.Index..], $"\\A{parameter}"))
            .Select(one => one.Groups[2].Success
                ? one.Groups[2].Value
                : Regex.Replace(one.Groups[3].Value, "\\\\([\"\\\\])", "$1"))];
        string[] names = Values("name");
        string[] files = Values("filename");
        return names.Length == 1 && files.Length <= 1
            ? $"{names[0]}({(files.Length == 1 ? files[0] : null)})"
            : null;
    }
}
