using System.Buffers.Text;
using System.Text;
using Waymark.Middleware;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>The signatures of RFC 7515 appendix A and RFC 7520 section 4 are good, and none near them.</summary>
public sealed class JwtVectorTests
{
    private const string JoePayload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private const string FrodoPayload =
        "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4";

    private const string HmacJwk =
        """{"kty":"oct","alg":"HS256","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""";

    private const string RsaJwk =
        """{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}""";

    private const string P256Jwk =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    private const string P521Jwk =
        """{"kty":"EC","crv":"P-521","x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk","y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"}""";

    private const string BilboRsaJwk =
        """{"kty":"RSA","use":"sig","kid":"bilbo.baggins@hobbiton.example",ALG"n":"n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw","e":"AQAB"}""";

    private const string BilboEcJwk =
        """{"kty":"EC","use":"sig","kid":"bilbo.baggins@hobbiton.example","crv":"P-521","x":"AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt","y":"AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1"}""";

    private const string CookbookHmacJwk =
        """{"kty":"oct","kid":"018c0ae5-4d9b-471b-bfd6-eef314bc7037","use":"sig","alg":"HS256","k":"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"}""";

    /// <summary>Name, key, header, payload, signature.</summary>
    public static TheoryData<string, string, string, string, string> Vectors => new()
    {
        {
            "RFC 7515 A.1", HmacJwk, "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", JoePayload,
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        },
        {
            "RFC 7515 A.2", RsaJwk, "eyJhbGciOiJSUzI1NiJ9", JoePayload,
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
        },
        {
            "RFC 7515 A.3", P256Jwk, "eyJhbGciOiJFUzI1NiJ9", JoePayload,
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        },
        {
            "RFC 7515 A.4", P521Jwk, "eyJhbGciOiJFUzUxMiJ9", "UGF5bG9hZA",
            "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn"
        },
        {
            "RFC 7520 4.1", BilboRsaJwk.Replace("ALG", "", StringComparison.Ordinal), "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
            FrodoPayload,
            "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg"
        },
        {
            "RFC 7520 4.2", BilboRsaJwk.Replace("ALG", "\"alg\":\"PS384\",", StringComparison.Ordinal), "eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
            FrodoPayload,
            "cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2IpN6-tPid6VrklHkqsGqDqHCdP6O8TTB5dDDItllVo6_1OLPpcbUrhiUSMxbbXUvdvWXzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442ZdNqiVJRmBqrYRXe8P_ijQ7p8Vdz0TTrxUeT3lm8d9shnr2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT0qI0n6uiP1aCN_2_jLAeQTlqRHtfa64QQSUmFAAjVKPbByi7xho0uTOcbH510a6GYmJUAfmWjwZ6oD4ifKo8DYM-X72Eaw"
        },
        {
            "RFC 7520 4.3", BilboEcJwk, "eyJhbGciOiJFUzUxMiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
            FrodoPayload,
            "AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvbu9Plon7KRTzoNEuT4Va2cmL1eJAQy3mtPBu_u_sDDyYjnAMDxXPn7XrT0lw-kvAD890jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu9xQ2"
        },
        {
            "RFC 7520 4.4", CookbookHmacJwk, "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9",
            FrodoPayload,
            "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_signature_of_the_RFCs_is_good(
        string name, string jwk, string header, string payload, string signature)
    {
        JwtKey key = Assert.Single(JwtKey.FromJwks(Encoding.UTF8.GetBytes($"{{\"keys\":[{jwk}]}}")));
        Assert.True(Verifies(key, $"{header}.{payload}", signature), name);
        Assert.Equal(
            JwtRejection.None,
            JwtToken.Read(Encoding.ASCII.GetBytes($"{header}.{payload}.{signature}"), out JwtToken token));
        Assert.Equal(key.Algorithm, token.Algorithm);
        Assert.True(key.Id is null || key.Id == token.KeyId);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void No_signature_near_it_is_good(string name, string jwk, string header, string payload, string signature)
    {
        JwtKey key = Assert.Single(JwtKey.FromJwks(Encoding.UTF8.GetBytes($"{{\"keys\":[{jwk}]}}")));
        string data = $"{header}.{payload}";
        byte[] octets = Base64Url.DecodeFromChars(signature);
        Assert.False(key.Verifies(Encoding.ASCII.GetBytes(data + "A"), octets), name);
        Assert.False(key.Verifies(Encoding.ASCII.GetBytes(data[..^1]), octets));
        Assert.False(key.Verifies(default, octets));
        Assert.False(key.Verifies(Encoding.ASCII.GetBytes(data), []));
        Assert.False(key.Verifies(Encoding.ASCII.GetBytes(data), new byte[octets.Length]));
        Assert.False(key.Verifies(Encoding.ASCII.GetBytes(data), octets.AsSpan(0, octets.Length - 1)));
        Assert.False(key.Verifies(Encoding.ASCII.GetBytes(data), [.. octets, 0]));
        Assert.False(key.Verifies(Encoding.ASCII.GetBytes(data), [0, .. octets]));
        for (int index = 0; index < octets.Length; index += 5)
        {
            byte[] changed = [.. octets];
            changed[index] ^= 0x10;
            Assert.False(key.Verifies(Encoding.ASCII.GetBytes(data), changed), $"{name}: octet {index}");
        }
    }

    [Fact]
    public void An_unsecured_token_is_read_and_has_no_algorithm()
    {
        // RFC 7515 appendix A.5
        Assert.Equal(
            JwtRejection.None,
            JwtToken.Read(Encoding.ASCII.GetBytes($"eyJhbGciOiJub25lIn0.{JoePayload}."), out JwtToken token));
        Assert.Null(token.Algorithm);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("AA", 1)]
    [InlineData("AAA", 2)]
    [InlineData("-_-_", 3)]
    [InlineData("A", -1)]
    [InlineData("AB", -1)]
    [InlineData("AAB", -1)]
    [InlineData("AA==", -1)]
    [InlineData("AAA=", -1)]
    [InlineData("AA AA", -1)]
    [InlineData("AA\nA", -1)]
    [InlineData("+/+/", -1)]
    public void Base64url_has_one_form(string text, int length)
    {
        bool isTaken = Base64UrlText.TryDecode(Encoding.ASCII.GetBytes(text), out byte[]? octets);
        Assert.Equal(length, isTaken ? octets!.Length : -1);
    }

    private static bool Verifies(JwtKey key, string data, string signature) =>
        key.Verifies(Encoding.ASCII.GetBytes(data), Base64Url.DecodeFromChars(signature));
}
