using System.Globalization;

/// <summary>What stands behind the value of SET.</summary>
internal readonly record struct SetOptions
{
    /// <summary>NX: only where there is no value.</summary>
    public bool IsForNew { get; private init; }

    /// <summary>XX: only where there is one.</summary>
    public bool IsForOld { get; private init; }

    /// <summary>GET: the answer is the value before.</summary>
    public bool ReturnsOld { get; private init; }

    /// <summary>KEEPTTL: it ends when the value before would have.</summary>
    public bool KeepsEnd { get; private init; }

    /// <summary>EX or PX: how long it is there.</summary>
    public long? Time { get; private init; }

    /// <summary>How many milliseconds one of <see cref="Time"/> is.</summary>
    public long Unit { get; private init; }

    public static bool TryRead(string[] words, out SetOptions options, out RespValue refusal)
    {
        options = default;
        refusal = RespValue.SyntaxError;
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i].ToUpperInvariant();
            switch (word)
            {
                case "NX" when !options.IsForOld:
                    options = options with { IsForNew = true };
                    break;
                case "XX" when !options.IsForNew:
                    options = options with { IsForOld = true };
                    break;
                case "GET":
                    options = options with { ReturnsOld = true };
                    break;
                case "KEEPTTL" when options.Time is null:
                    options = options with { KeepsEnd = true };
                    break;
                case "EX" or "PX" when options is { Time: null, KeepsEnd: false } && i + 1 < words.Length:
                    if (!long.TryParse(
                        words[++i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time))
                    {
                        refusal = RespValue.NotInteger;
                        return false;
                    }

                    options = options with { Time = time, Unit = word == "EX" ? 1000 : 1 };
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
