using System.Buffers.Text;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Cookies that are signed or encrypted: what was written is read, and nothing else.</summary>
public sealed class SealedCookieTests
{
    private static readonly byte[] Key = Enumerable.Repeat((byte)1, 32).ToArray();
    private static readonly byte[] OtherKey = Enumerable.Repeat((byte)2, 32).ToArray();

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(CookieSeal.Encryption, "user=7; caf\u00E9")]
    [InlineData(CookieSeal.Encryption, "")]
    [InlineData(CookieSeal.Signature, "user=7; caf\u00E9")]
    [InlineData(CookieSeal.Signature, "")]
    public async Task What_was_written_is_read(CookieSeal seal, string text)
    {
        SealedCookie cookie = Make(seal);
        string value = await WriteAsync(cookie, text);
        Assert.Equal(text, await ReadAsync(cookie, value));
        bool isReadable = Base64Url.DecodeFromChars(value).AsSpan().IndexOf("user"u8) >= 0;
        Assert.Equal(seal == CookieSeal.Signature && text.Length > 0, isReadable);
    }

    [Theory]
    [InlineData(CookieSeal.Encryption)]
    [InlineData(CookieSeal.Signature)]
    public async Task Whatever_bit_is_changed_nothing_is_read(CookieSeal seal)
    {
        SealedCookie cookie = Make(seal);
        byte[] value = Base64Url.DecodeFromChars(await WriteAsync(cookie, "user=7"));
        for (int bit = 0; bit < value.Length * 8; bit++)
        {
            byte[] changed = [.. value];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(await ReadAsync(cookie, Base64Url.EncodeToString(changed)));
        }

        for (int length = 0; length < value.Length; length++)
        {
            Assert.Null(await ReadAsync(cookie, Base64Url.EncodeToString(value.AsSpan(0, length))));
            Assert.Null(await ReadAsync(cookie, Base64Url.EncodeToString(value.AsSpan(length + 1))));
        }

        Assert.Null(await ReadAsync(cookie, Base64Url.EncodeToString([.. value, 0])));
        Assert.Equal("user=7", await ReadAsync(cookie, Base64Url.EncodeToString(value)));
    }

    [Theory]
    [InlineData(CookieSeal.Encryption)]
    [InlineData(CookieSeal.Signature)]
    public async Task A_value_is_good_for_one_name_one_purpose_one_kind_and_one_key(CookieSeal seal)
    {
        string value = await WriteAsync(Make(seal, purpose: "a", name: "bc"), "user=7");
        Assert.Equal("user=7", await ReadAsync(Make(seal, purpose: "a", name: "bc"), value, "bc"));
        Assert.Null(await ReadAsync(Make(seal, purpose: "ab", name: "c"), value, "c"));
        Assert.Null(await ReadAsync(Make(seal, purpose: "a", name: "bd"), value, "bd"));
        Assert.Null(await ReadAsync(Make(seal, purpose: "", name: "bc"), value, "bc"));
        Assert.Null(await ReadAsync(Make(seal, purpose: "a", name: "bc", keys: [OtherKey]), value, "bc"));
        CookieSeal other = seal == CookieSeal.Signature ? CookieSeal.Encryption : CookieSeal.Signature;
        Assert.Null(await ReadAsync(Make(other, purpose: "a", name: "bc"), value, "bc"));
    }

    [Theory]
    [InlineData(CookieSeal.Encryption)]
    [InlineData(CookieSeal.Signature)]
    public async Task The_first_key_writes_and_all_of_them_read(CookieSeal seal)
    {
        SealedCookie before = Make(seal, keys: [OtherKey]);
        SealedCookie between = Make(seal, keys: [Key, OtherKey]);
        SealedCookie after = Make(seal, keys: [Key]);
        string old = await WriteAsync(before, "old");
        string young = await WriteAsync(between, "young");
        Assert.Equal("old", await ReadAsync(between, old));
        Assert.Equal("young", await ReadAsync(between, young));
        Assert.Equal("young", await ReadAsync(after, young));
        Assert.Null(await ReadAsync(after, old));
        Assert.Null(await ReadAsync(before, young));
    }

    [Theory]
    [InlineData(CookieSeal.Encryption)]
    [InlineData(CookieSeal.Signature)]
    public async Task A_value_ends_in_time(CookieSeal seal)
    {
        SealedCookie cookie = Make(seal);
        string value = await WriteAsync(cookie, "user=7");
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("user=7", await ReadAsync(cookie, value));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await ReadAsync(cookie, value));
    }

    [Fact]
    public async Task No_two_encrypted_values_are_alike_in_salt_or_text()
    {
        SealedCookie cookie = Make(CookieSeal.Encryption);
        var salts = new HashSet<string>();
        for (int count = 0; count < 1000; count++)
        {
            byte[] value = Base64Url.DecodeFromChars(await WriteAsync(cookie, "user=7"));
            Assert.True(salts.Add(Convert.ToHexString(value.AsSpan(9, 24))));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("session=")]
    [InlineData("session=AQ")]
    [InlineData("session=Ag==")]
    [InlineData("session=!!!!")]
    [InlineData("Session=AAAA")]
    public async Task What_is_no_value_reads_as_none(string cookies) =>
        Assert.Null(await ReadFieldAsync(Make(CookieSeal.Encryption), cookies));

    [Fact]
    public async Task A_value_that_is_too_large_is_refused_when_it_is_written()
    {
        SealedCookie cookie = Make(CookieSeal.Encryption);
        Assert.Equal(3000, (await ReadAsync(cookie, await WriteAsync(cookie, new string('v', 3000))))!.Length);
        Exception? found = null;
        await Around.AskAsync(
            exchange =>
            {
                found = Record.Exception(() => cookie.Write(exchange, new string('v', 3100)));
                return ValueTask.CompletedTask;
            },
            "");
        Assert.IsType<ArgumentException>(found);
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        var e = Assert.Throws<OptionsException>(() => SealedCookie.From(new SealedCookieOptions
        {
            Name = "__Host-a",
            Keys = [new byte[31], Key],
            Purpose = "\0",
            Seal = (CookieSeal)2,
            Lifetime = TimeSpan.FromDays(401),
            Cookie = new CookieOptions { Path = "/x" },
        }));
        Assert.Equal(5, e.Problems.Count);
        Assert.Throws<OptionsException>(() => SealedCookie.From(new() { Name = "a", Keys = [] }));
        byte[][] nine = [.. Enumerable.Repeat(Key, 9)];
        Assert.Throws<OptionsException>(() => SealedCookie.From(new() { Name = "a", Keys = nine }));
    }

    private SealedCookie Make(
        CookieSeal seal, string purpose = "", string name = "session", byte[][]? keys = null) =>
        SealedCookie.From(new SealedCookieOptions
        {
            Name = name,
            Keys = keys ?? [Key],
            Purpose = purpose,
            Seal = seal,
            Lifetime = TimeSpan.FromMinutes(1),
            TimeProvider = _time,
        });

    private static async Task<string> WriteAsync(SealedCookie cookie, string text)
    {
        string answer = await Around.AskAsync(
            exchange =>
            {
                cookie.Write(exchange, text);
                return ValueTask.CompletedTask;
            },
            "");
        int start = answer.IndexOf('=', answer.IndexOf("Set-Cookie: ", StringComparison.Ordinal)) + 1;
        return answer[start..answer.IndexOf(';', start)];
    }

    private static Task<string?> ReadAsync(SealedCookie cookie, string value, string name = "session") =>
        ReadFieldAsync(cookie, $"x=y; {name}={value}");

    private static async Task<string?> ReadFieldAsync(SealedCookie cookie, string cookies)
    {
        string? text = "not run";
        await Around.AskAsync(
            exchange =>
            {
                text = cookie.ReadText(exchange);
                return ValueTask.CompletedTask;
            },
            cookies.Length == 0 ? "" : $"Cookie: {cookies}");
        return text;
    }
}
