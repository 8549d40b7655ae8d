using System.Buffers;
using System.Globalization;
using System.Text;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Waymark.Middleware.Metering;

/// <summary>A metric as Prometheus names it.</summary>
internal sealed record MetricName(string Text, string Help);

/// <summary>
/// The text format of Prometheus, version 0.0.4, and OpenTelemetry's rules for names in it.
/// </summary>
internal static class MetricText
{
    /// <summary>The name of an instrument: <c>[a-zA-Z_:][a-zA-Z0-9_:]*</c>, with its unit, and what it is.</summary>
    public static string Name(string instrument, string? unit, MetricKind kind)
    {
        var name = new StringBuilder(Clean(instrument));
        string suffix = UnitSuffix(unit);
        bool isCounter = kind is MetricKind.Counter or MetricKind.ObservedCounter;
        if (isCounter && instrument.EndsWith("_total", StringComparison.Ordinal))
            name.Length -= "_total".Length;
        if (suffix.Length > 0 && !name.ToString().EndsWith(suffix, StringComparison.Ordinal))
            name.Append('_').Append(suffix);
        if (isCounter)
            name.Append("_total");
        return name.ToString();
    }

    /// <summary>Labels in the order of their names: two orders of the same tags are one series.</summary>
    public static string Labels(ReadOnlySpan<Tag> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Tag tag in tags)
        {
            string name = Clean(tag.Key).Replace(':', '_');
            string value = tag.Value switch
            {
                null => "",
                bool flag => flag ? "true" : "false",
                _ => Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "",
            };

            // Two names may have become one: OpenTelemetry joins their values then.
            labels[name] = labels.TryGetValue(name, out string? other) ? $"{other};{value}" : value;
        }

        var text = new StringBuilder();
        foreach ((string name, string value) in labels)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"");
            AppendEscaped(text, value, escapesQuote: true);
            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>All of a family.</summary>
    public static void Write(StringBuilder text, MetricFamily family)
    {
        List<MetricSeries> all = family.Snapshot();
        if (all.Count == 0)
            return;
        string name = family.Name.Text;
        if (family.Name.Help.Length > 0)
        {
            text.Append("# HELP ").Append(name).Append(' ');
            AppendEscaped(text, family.Name.Help, escapesQuote: false);
            text.Append('\n');
        }

        text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
        foreach (MetricSeries series in all)
        {
            if (family.Kind == MetricKind.Histogram)
                WriteHistogram(text, family, series);
            else
                WriteLine(text, name, "", series.Labels, null, Number(series.Value));
        }
    }

    /// <summary>Copies the text as UTF-8.</summary>
    public static void CopyTo(this StringBuilder text, IBufferWriter<byte> target)
    {
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks())
            Encoding.UTF8.GetBytes(chunk.Span, target);
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        string name = family.Name.Text;
        long count = 0;
        for (int index = 0; index < series.BucketCount; index++)
        {
            count += series.Bucket(index);
            string bound = index < family.Bounds.Length ? Number(family.Bounds[index]) : "+Inf";
            WriteLine(text, name, "_bucket", series.Labels, bound, Number(count));
        }

        WriteLine(text, name, "_sum", series.Labels, null, Number(series.Value));

        // Counted above, so that it is the last bucket whatever is measured meanwhile.
        WriteLine(text, name, "_count", series.Labels, null, Number(count));
    }

    private static void WriteLine(
        StringBuilder text, string name, string suffix, string labels, string? bound, string value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0 || bound is not null)
        {
            text.Append('{').Append(labels);
            if (bound is not null)
                text.Append(labels.Length > 0 ? "," : "").Append("le=\"").Append(bound).Append('"');
            text.Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter or MetricKind.ObservedCounter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    // HELP: backslash and line feed; label values: the quote as well. A carriage return is none of the format's, but
    // would end a line for some.
    private static void AppendEscaped(StringBuilder text, string value, bool escapesQuote)
    {
        foreach (char c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when escapesQuote => text.Append("\\\""),
                '\r' => text.Append(' '),
                _ => text.Append(c),
            };
        }
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (char c in name)
        {
            bool isAllowed = char.IsAsciiLetterOrDigit(c) || c is '_' or ':';
            if (clean.Length == 0 && char.IsAsciiDigit(c))
                clean.Append('_');
            clean.Append(isAllowed ? c : '_');
        }

        return clean.Length == 0 ? "_" : clean.ToString();
    }

    private static string UnitSuffix(string? unit) => unit switch
    {
        null or "" or "1" => "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "By" => "bytes",
        "KBy" => "kilobytes",
        "MBy" => "megabytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "%" => "percent",
        "Cel" => "celsius",
        "m" => "meters",
        "V" => "volts",
        "A" => "amperes",
        "J" => "joules",
        "W" => "watts",
        "g" => "grams",

        // What stands in braces is a note, not a unit.
        _ => unit[0] == '{' ? "" : Clean(unit),
    };
}
