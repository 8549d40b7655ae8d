using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Waymark.Middleware;

namespace Waymark;

/// <summary>User name and password in every request: RFC 7617.</summary>
/// <remarks>
/// A name that is not known and a wrong password get the same answer after the same work. The password is not
/// encrypted: use it over https only. Names and passwords are compared octet by octet, without the normalisation of
/// RFC 7617 section 2.1.
/// </remarks>
/// <example>
/// <code>
/// server.Use(BasicAuthentication.From(new BasicAuthenticationOptions
/// {
///     Realm = "back office",
///     Users = new Dictionary&lt;string, string&gt; { ["ada"] = password },
/// }));
/// </code>
/// </example>
public sealed class BasicAuthentication : AuthenticationScheme
{
    // A name and a password; what is longer is nobody's.
    private const int EncodedBytesMax = 1024;
    private const int DecodedBytesMax = EncodedBytesMax / 4 * 3;

    private static readonly SearchValues<byte> Base64Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly SecretTable _pairs;
    private readonly Func<Exchange, string, string, ValueTask<Principal?>>? _validate;

    private BasicAuthentication(BasicAuthenticationOptions options, SecretTable pairs)
    {
        _pairs = pairs;
        _validate = options.Validate;
        Challenge = $"Basic realm=\"{options.Realm}\", charset=\"UTF-8\"";
    }

    /// <summary>Makes the scheme.</summary>
    /// <param name="options">Who is known.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Nobody is known, or values are out of range: all are listed.</exception>
    public static BasicAuthentication From(BasicAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        AuthenticationChecks.CheckRealm("BasicAuthenticationOptions.Realm", options.Realm, problems);
        var pairs = new List<(string, Principal)>();
        foreach ((string name, string password) in options.Users ?? new Dictionary<string, string>())
        {
            if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || HasControl(name))
                problems.Add(
                    $"BasicAuthenticationOptions.Users holds '{name}'; a name is not empty and has no colon and no control character.");
            else if (string.IsNullOrEmpty(password) || HasControl(password))
                problems.Add(
                    $"BasicAuthenticationOptions.Users has no usable password for '{name}'; one is not empty and has no control character.");
            else
                pairs.Add(($"{name}:{password}", new Principal(name)));
        }

        if (pairs.Count == 0 && options.Validate is null && problems.Count == 0)
            problems.Add("BasicAuthenticationOptions has neither Users nor Validate: nobody could come in.");
        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new BasicAuthentication(options, new SecretTable(pairs));
    }

    /// <inheritdoc/>
    public override string Challenge { get; }

    /// <inheritdoc/>
    protected internal override ValueTask<AuthenticationResult> AuthenticateAsync(
        Exchange exchange, ServerContext server)
    {
        CredentialKind kind = CredentialField.Find(exchange, "basic"u8, out ReadOnlySpan<byte> encoded);
        if (kind == CredentialKind.None)
            return default;
        if (kind == CredentialKind.Malformed || encoded.Length > EncodedBytesMax)
            return Failed;

        // The runtime's decoder skips white space; RFC 9110 section 11.2 has none in a token68.
        Span<byte> pair = stackalloc byte[DecodedBytesMax];
        if (encoded.ContainsAnyExcept(Base64Characters)
            || Base64.DecodeFromUtf8(encoded, pair, out _, out int length) != OperationStatus.Done)
        {
            return Failed;
        }

        ValueTask<AuthenticationResult> result = Judge(exchange, pair[..length]);
        CryptographicOperations.ZeroMemory(pair);
        return result;
    }

    private static ValueTask<AuthenticationResult> Failed => new(AuthenticationResult.Failed());

    private ValueTask<AuthenticationResult> Judge(Exchange exchange, ReadOnlySpan<byte> pair)
    {
        // user-pass = user-id ":" password ; neither has a control character, and a user-id has no colon
        int colon = pair.IndexOf((byte)':');
        if (colon <= 0 || HasControl(pair))
            return Failed;
        if (_pairs.Find(pair) is { } user)
            return new(AuthenticationResult.Of(user));
        if (_validate is null)
            return Failed;

        string name, password;
        try
        {
            name = StrictUtf8.GetString(pair[..colon]);
            password = StrictUtf8.GetString(pair[(colon + 1)..]);
        }
        catch (DecoderFallbackException)
        {
            return Failed;
        }

        return ResultOf.UserAsync(_validate(exchange, name, password));
    }

    private static bool HasControl(ReadOnlySpan<byte> text) =>
        text.ContainsAnyInRange((byte)0, (byte)0x1F) || text.Contains((byte)0x7F);

    private static bool HasControl(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1F') || text.Contains('\x7F', StringComparison.Ordinal);
}
