using Microsoft.CodeAnalysis;

namespace Waymark.Generator.Extraction;

/// <summary>Reads the media types of <c>[Produces]</c>, and what is wrong with them.</summary>
internal static class MediaTypeReader
{
    /// <summary>The diagnostic for a media type that cannot be sent.</summary>
    public const string Mistaken = "WM3006";

    /// <summary>RFC 9110 section 5.6.2: <c>tchar</c> without letters and digits.</summary>
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>The top-level types of the IANA registry; a new one takes a standard: RFC 6838 4.2.7.</summary>
    private static readonly string[] TopLevel =
    [
        "application", "audio", "example", "font", "haptics", "image", "message", "model", "multipart", "text", "video",
    ];

    private static readonly StringComparer IgnoreCase = StringComparer.OrdinalIgnoreCase;

    /// <summary>What is meant most often, for a name that is none.</summary>
    private static readonly string[] Usual =
    [
        "application/json", "application/problem+json", "application/x-ndjson", "application/xml", "application/pdf",
        "application/zip", "application/octet-stream", "application/javascript", "application/geo+json",
        "application/ld+json", "application/yaml", "application/wasm", "text/plain", "text/html", "text/css",
        "text/csv", "text/event-stream", "text/javascript", "text/markdown", "text/xml", "text/calendar", "image/png",
        "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/avif", "audio/mpeg", "audio/ogg", "video/mp4",
        "video/webm", "font/woff2",
    ];

    /// <summary>
    /// Registered or in wide use, and one letter from a usual one: nobody who writes these made a slip.
    /// </summary>
    private static readonly string[] Neighbours =
    [
        "application/gzip", "application/json5", "application/jsonc", "application/jsonl", "application/pdx",
        "application/td+json", "font/woff", "image/apng", "image/tiff",
    ];

    /// <summary>RFC 6838 section 3: trees in which anybody may name types; 'x-' came before them.</summary>
    private static readonly string[] Private = ["vnd.", "prs.", "x-", "x."];

    /// <summary>The attribute of a method, or else of the innermost class that has it; null where none has.</summary>
    public static AttributeData? FindAttribute(IMethodSymbol method)
    {
        for (ISymbol? place = method; place is IMethodSymbol or INamedTypeSymbol; place = place.ContainingType)
        {
            if (place.GetAttributes().FirstOrDefault(IsProduces) is { } attribute)
                return attribute;
        }

        return null;
    }

    /// <summary>True for <c>[Produces]</c> with a list that is known.</summary>
    public static bool IsProduces(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "ProducesAttribute" } type
        && TypeNames.IsIn(type, KnownNames.RouteNamespace)
        && attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false }];

    /// <summary>The media types as they are written.</summary>
    public static IEnumerable<string> TypesOf(AttributeData attribute) =>
        attribute.ConstructorArguments[0].Values.Select(value => value.Value as string ?? "");

    /// <summary>Why a media type cannot be sent, as a finished sentence; null where it can.</summary>
    public static string? FindMistake(string mediaType)
    {
        string? mistake = FindRule(mediaType);
        if (mistake is null)
            return null;
        string wayOut = Suggest(mediaType) is { } suggestion
            ? $"did you mean \"{suggestion}\"?"
            : "write one such as \"application/json\".";
        return $"\"{mediaType}\" cannot stand in [Produces]: {mistake}; {wayOut}";
    }

    /// <summary>The media type that was probably meant, with the parameters of the text; null for none.</summary>
    public static string? Suggest(string mediaType)
    {
        int end = mediaType.IndexOf(';');
        string name = (end < 0 ? mediaType : mediaType.Substring(0, end)).Trim();
        string rest = end < 0 ? "" : mediaType.Substring(end);
        int slash = name.IndexOf('/');
        // A name alone is a subtype: "json".
        string? nearest = slash < 0
            ? Usual.FirstOrDefault(known =>
                string.Equals(SubtypeOf(known), name, StringComparison.OrdinalIgnoreCase))
                ?? (string.Equals(name, "text", StringComparison.OrdinalIgnoreCase) ? "text/plain" : null)
            : ClosestName.Find(name, Usual);
        if (nearest is null && slash > 0 && ClosestName.Find(name.Substring(0, slash), TopLevel) is { } top)
            nearest = top + name.Substring(slash);
        return nearest is not null && FindRule(nearest + rest) is null ? nearest + rest : null;
    }

    /// <summary>
    /// The usual media type that one letter makes of a subtype that is none; null for others, private ones included.
    /// </summary>
    public static string? FindSlip(string mediaType)
    {
        string name = mediaType.Split(';')[0].Trim(' ', '\t');
        string subtype = SubtypeOf(name);
        bool isPrivate = Private.Any(prefix => subtype.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        if (isPrivate || FindRule(mediaType) is not null || Usual.Concat(Neighbours).Contains(name, IgnoreCase))
            return null;
        string? nearest = ClosestName.FindWithin(1, name, Usual.Where(known => HasType(known, name)));
        return nearest is null ? null : nearest + mediaType.Substring(mediaType.IndexOf(subtype) + subtype.Length);
    }

    private static bool HasType(string known, string name) =>
        name.StartsWith(known.Substring(0, known.IndexOf('/') + 1), StringComparison.OrdinalIgnoreCase);

    private static string SubtypeOf(string mediaType) => mediaType.Substring(mediaType.IndexOf('/') + 1);

    /// <remarks>
    /// RFC 9110 section 8.3.1: <c>media-type = type "/" subtype parameters</c>, where
    /// <c>parameters = *( OWS ";" OWS [ parameter ] )</c>.
    /// </remarks>
    private static string? FindRule(string mediaType)
    {
        string[] parts = mediaType.Split(';');
        string[] names = parts[0].Trim(' ', '\t').Split('/');
        if (names.Length != 2 || !IsToken(names[0]) || !IsToken(names[1]))
            return "a media type is a type, a slash and a subtype (RFC 9110 section 8.3.1)";
        if (names[0] == "*" || names[1] == "*")
            return "a range with '*' is what a client accepts, not what is sent";
        string top = names[0].ToLowerInvariant();
        if (!TopLevel.Contains(top) && !top.StartsWith("x-", StringComparison.Ordinal)
            && ClosestName.Find(top, TopLevel) is not null)
            return $"there is no type '{names[0]}'";
        // A semicolon inside quotes is beyond what anyone writes here, and is let through.
        return mediaType.IndexOf('"') < 0 && parts.Skip(1).Any(part => !IsParameter(part.Trim(' ', '\t')))
            ? "a parameter is a name, '=' and a value (RFC 9110 section 5.6.6)"
            : mediaType.Any(character => character is < ' ' or > '~')
                ? "a header field holds visible characters of ASCII"
                : null;
    }

    private static bool IsParameter(string text)
    {
        int equals = text.IndexOf('=');
        return text.Length == 0
            || (equals > 0 && IsToken(text.Substring(0, equals)) && IsToken(text.Substring(equals + 1)));
    }

    private static bool IsToken(string text) => text.Length > 0 && text.All(character =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
        || TokenMarks.IndexOf(character) >= 0);
}
