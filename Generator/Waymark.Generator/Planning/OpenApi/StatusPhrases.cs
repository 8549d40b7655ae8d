namespace Waymark.Generator.Planning.OpenApi;

/// <summary>What a status code is called: the registry of RFC 9110 section 16.2. Ranges are those of OpenAPI.</summary>
internal static class StatusPhrases
{
    /// <summary>
    /// True for what OpenAPI has as the key of an answer: <c>404</c>, <c>4XX</c>, <c>default</c>.
    /// </summary>
    public static bool IsKey(string text) => text == "default"
        || (text.Length == 3 && text[0] is >= '1' and <= '5'
            && (text.EndsWith("XX", StringComparison.Ordinal) || (IsDigit(text[1]) && IsDigit(text[2]))));

    public static string Of(string status) => status switch
    {
        "101" => "Switching Protocols",
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No Content",
        "206" => "Partial Content",
        "301" => "Moved Permanently",
        "302" => "Found",
        "303" => "See Other",
        "304" => "Not Modified",
        "307" => "Temporary Redirect",
        "308" => "Permanent Redirect",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not Found",
        "406" => "Not Acceptable",
        "409" => "Conflict",
        "410" => "Gone",
        "412" => "Precondition Failed",
        "413" => "Content Too Large",
        "415" => "Unsupported Media Type",
        "416" => "Range Not Satisfiable",
        "422" => "Unprocessable Content",
        "429" => "Too Many Requests",
        "500" => "Internal Server Error",
        "503" => "Service Unavailable",
        "2XX" => "A success.",
        "3XX" => "A redirection.",
        "4XX" => "A mistake of the client's.",
        "5XX" => "A failure of the server's.",
        "default" => "A status that is decided at run time.",
        _ => "Status " + status,
    };

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
