using System.Text;
using Waymark.Buffers;
using Waymark.Http;
using Waymark.Middleware;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark;

/// <summary>A key in a header field or in the query.</summary>
/// <remarks>
/// No RFC names such a scheme, and every 401 has to ask for one (RFC 9110 section 15.5.2): it asks for <c>ApiKey</c>
/// with the places to put it. A request with two keys is refused, whichever of them is right.
/// </remarks>
/// <example>
/// <code>
/// server.Use(ApiKeyAuthentication.From(new ApiKeyAuthenticationOptions
/// {
///     Keys = new Dictionary&lt;string, Principal&gt; { [key] = new Principal("till 7") },
/// }));
/// </code>
/// </example>
public sealed class ApiKeyAuthentication : AuthenticationScheme
{
    private readonly SecretTable _keys;
    private readonly ApiKeyAuthenticationOptions _options;
    private readonly byte[]? _header;
    private readonly byte[]? _query;

    private ApiKeyAuthentication(ApiKeyAuthenticationOptions options, SecretTable keys)
    {
        _options = options;
        _keys = keys;
        _header = options.Header is null ? null : Encoding.ASCII.GetBytes(options.Header);
        _query = options.Query is null ? null : Encoding.UTF8.GetBytes(options.Query);
        Challenge = $"ApiKey realm=\"{options.Realm}\""
            + (options.Header is null ? "" : $", header=\"{options.Header}\"")
            + (options.Query is null ? "" : $", query=\"{Uri.EscapeDataString(options.Query)}\"");
    }

    /// <summary>Makes the scheme.</summary>
    /// <param name="options">Which keys are taken, and from where.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">No key is taken, or values are out of range: all are listed.</exception>
    public static ApiKeyAuthentication From(ApiKeyAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        if (options.Header is { } header && (header.Length is 0 or > 128 || !IsToken(header)))
        {
            problems.Add(
                $"ApiKeyAuthenticationOptions.Header is '{header}'; a field name is a token of 1 to 128 characters (RFC 9110 section 5.1).");
        }

        if (options.Query is { Length: 0 })
            problems.Add("ApiKeyAuthenticationOptions.Query is empty; leave it out, or name a parameter.");
        if (options.Header is null && options.Query is null)
            problems.Add("ApiKeyAuthenticationOptions names neither a Header nor a Query to look at.");
        if (options.KeyBytesMax is < 16 or > 4096)
        {
            problems.Add(
                $"ApiKeyAuthenticationOptions.KeyBytesMax is {options.KeyBytesMax}; it must be from 16 to 4096.");
        }

        AuthenticationChecks.CheckRealm("ApiKeyAuthenticationOptions.Realm", options.Realm, problems);
        List<(string Secret, Principal User)> keys =
            AuthenticationChecks.CheckSecrets("ApiKeyAuthenticationOptions.Keys", options.Keys, problems);
        if (keys.Count == 0 && options.Validate is null && problems.Count == 0)
            problems.Add("ApiKeyAuthenticationOptions has neither Keys nor Validate: nobody could come in.");
        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new ApiKeyAuthentication(options, new SecretTable(keys));
    }

    /// <inheritdoc/>
    public override string Challenge { get; }

    /// <inheritdoc/>
    protected internal override ValueTask<AuthenticationResult> AuthenticateAsync(
        Exchange exchange, ServerContext server)
    {
        int count = 0;
        ReadOnlySpan<byte> key = default;
        if (_header is not null)
        {
            foreach (HeaderLine line in exchange.Request.Headers)
            {
                if (Ascii.EqualsIgnoreCase(line.Name, _header))
                {
                    key = line.Value;
                    count++;
                }
            }
        }

        if (_query is not null)
            key = FindInQuery(exchange, key, ref count);
        if (count == 0)
            return default;
        return count > 1 || key.IsEmpty || key.Length > _options.KeyBytesMax
            ? new(AuthenticationResult.Failed())
            : Judge(exchange, key);
    }

    private ReadOnlySpan<byte> FindInQuery(Exchange exchange, ReadOnlySpan<byte> key, scoped ref int count)
    {
        foreach (QueryPair pair in exchange.Request.Query)
        {
            if (!pair.HasKey(_query))
                continue;
            count++;
            key = pair.RawValue;
            if (key.Length <= _options.KeyBytesMax && PercentDecoder.IsEncoded(key, isPlusSpace: true))
            {
                Span<byte> decoded = exchange.Scratch(key.Length);
                key = decoded[..PercentDecoder.Decode(key, decoded, isPlusSpace: true)];
            }
        }

        return key;
    }

    private ValueTask<AuthenticationResult> Judge(Exchange exchange, ReadOnlySpan<byte> key)
    {
        if (_keys.Find(key) is { } user)
            return new(AuthenticationResult.Of(user));
        return _options.Validate is { } validate
            ? ResultOf.UserAsync(validate(exchange, Encoding.UTF8.GetString(key)))
            : new(AuthenticationResult.Failed());
    }

    private static bool IsToken(string name) =>
        !Encoding.UTF8.GetBytes(name).AsSpan().ContainsAnyExcept(Ascii.Token);
}
