using System.Text;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Middleware;

/// <summary>A <see cref="CacheRule"/> as bytes.</summary>
internal sealed class PreparedRule
{
    private readonly byte[]? _path;
    private readonly byte[]? _mediaType;
    private readonly int[] _statuses;

    /// <summary>Checks and prepares a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="option">Where it stands, for the sentences.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    public PreparedRule(CacheRule rule, string option, List<string> problems)
    {
        string control = rule.CacheControl ?? "";
        Value = FieldValue.Encode(control) ?? [];
        if (!AreDirectives(Value))
            problems.Add($"{option} has the value '{control}'; it is a list of directives: public, max-age=3600.");
        IsShared = control.Contains("public", StringComparison.OrdinalIgnoreCase)
            || control.Contains("s-maxage", StringComparison.OrdinalIgnoreCase);

        if (rule.Path is { } path && (!path.StartsWith('/') || !System.Text.Ascii.IsValid(path)))
            problems.Add($"{option}.Path is '{path}'; it starts with a slash and is percent-encoded: /assets.");
        _path = rule.Path is null ? null : Encoding.UTF8.GetBytes(rule.Path.TrimEnd('/'));
        if (rule.MediaType is { } type && !IsMediaType(type))
            problems.Add($"{option}.MediaType is '{type}'; it is a type without parameters: text/css or image/*.");
        _mediaType = rule.MediaType is null ? null : Encoding.UTF8.GetBytes(rule.MediaType);
        _statuses = [.. rule.Statuses ?? []];
        foreach (int status in _statuses)
        {
            if (status is < 200 or > 599)
                problems.Add($"{option}.Statuses holds {status}; a status is from 200 to 599.");
        }
    }

    /// <summary>The value of Cache-Control.</summary>
    public byte[] Value { get; }

    /// <summary>True where caches that several clients share may keep the answer.</summary>
    public bool IsShared { get; }

    /// <summary>True where the rule is for this answer.</summary>
    public bool Fits(ReadOnlySpan<byte> path, Response response)
    {
        int status = response.StatusCode;
        if (_statuses.Length == 0 ? status >= 400 : Array.IndexOf(_statuses, status) < 0)
            return false;
        if (_path is not null
            && !(path.StartsWith(_path) && (path.Length == _path.Length || path[_path.Length] == '/')))
        {
            return false;
        }

        return _mediaType is null
            || (response.Headers.TryGet("Content-Type"u8, out ReadOnlySpan<byte> type) && IsOfType(type));
    }

    private bool IsOfType(ReadOnlySpan<byte> contentType)
    {
        ReadOnlySpan<byte> type = Ascii.TakeElement(ref contentType, (byte)';');
        ReadOnlySpan<byte> own = _mediaType;
        return own.EndsWith("/*"u8)
            ? type.Length >= own.Length && Ascii.EqualsIgnoreCase(type[..(own.Length - 1)], own[..^1])
            : Ascii.EqualsIgnoreCase(type, own);
    }

    // Cache-Control = #( token [ "=" ( token / quoted-string ) ] )
    private static bool AreDirectives(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return false;
        while (!value.IsEmpty)
        {
            ReadOnlySpan<byte> directive = Ascii.TakeElement(ref value, (byte)',');
            int equals = directive.IndexOf((byte)'=');
            ReadOnlySpan<byte> name = equals < 0 ? directive : directive[..equals];
            if (name.IsEmpty || name.ContainsAnyExcept(Ascii.Token) || (equals >= 0 && equals == directive.Length - 1))
                return false;
        }

        return true;
    }

    private static bool IsMediaType(string type)
    {
        int slash = type.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < type.Length - 1 && System.Text.Ascii.IsValid(type)
            && !Encoding.ASCII.GetBytes(type.Remove(slash, 1)).AsSpan().ContainsAnyExcept(Ascii.Token);
    }
}
