using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waymark.Hosting;

/// <summary>
/// The argument <c>--routes</c>: the program prints its routes instead of serving them, for people or as JSON.
/// </summary>
internal static class RoutesArgument
{
    private const string Name = "--routes";
    private const string Json = "json";
    private const int ExitPrinted = 0;
    private const int ExitUsage = 2; // What shells and most tools report for wrong usage.

    /// <summary>Answers the argument where the command line holds it.</summary>
    /// <param name="routes">The routes, sorted as the table is.</param>
    /// <param name="environment">Takes the routes, or the sentence about a format that does not exist.</param>
    /// <param name="exitCode">0 when the routes were written, 2 for an unknown format.</param>
    /// <returns>False where the argument is missing: the server serves.</returns>
    public static bool TryAnswer(
        IReadOnlyList<RouteInfo> routes, HostEnvironment environment, out int exitCode)
    {
        exitCode = ExitPrinted;
        if (!TryFind(environment.GetArguments(), out string? format))
            return false;

        if (format is null)
        {
            environment.WriteOutput(FormatText(routes, TextStyle.Of(environment)));
        }
        else if (format == Json)
        {
            environment.WriteOutput(FormatJson(routes));
        }
        else
        {
            environment.WriteError(
                $"{Name} knows no format '{format}'. Use {Name} for a text, {Name} {Json} for JSON.\n");
            exitCode = ExitUsage;
        }

        return true;
    }

    /// <summary>One route a line in columns; nothing where there is none.</summary>
    public static string FormatText(IReadOnlyList<RouteInfo> routes, TextStyle style)
    {
        var text = new StringBuilder();
        RouteColumns.Append(text, routes, indent: "", style);
        return text.ToString();
    }

    /// <summary>An array of objects with method, template and handler, name and rank where there are any; one
    /// newline.</summary>
    /// <remarks>
    /// The same bytes for the same routes, whatever the system. Constraints keep their <c>&lt;</c> and <c>&gt;</c>:
    /// the text goes to a terminal or a file, not into a page.
    /// </remarks>
    public static string FormatJson(IReadOnlyList<RouteInfo> routes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartArray();
            foreach (RouteInfo route in routes)
            {
                json.WriteStartObject();
                json.WriteString("method"u8, route.Method);
                json.WriteString("template"u8, route.Template);
                json.WriteString("handler"u8, route.Handler);
                if (route.Name is not null)
                    json.WriteString("name"u8, route.Name);
                if (route.Rank != 0)
                    json.WriteNumber("rank"u8, route.Rank);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    // What stands behind "--" belongs to the program alone.
    // "--routes", "--routes json", "--routes=json"; another option may follow, and is the program's own.
    private static bool TryFind(string[] arguments, out string? format)
    {
        format = null;
        for (int index = 0; index < arguments.Length && arguments[index] != "--"; index++)
        {
            string argument = arguments[index];
            if (argument.StartsWith(Name + "=", StringComparison.Ordinal))
            {
                format = argument[(Name.Length + 1)..];
                return true;
            }

            if (argument != Name)
                continue;
            if (index + 1 < arguments.Length && !arguments[index + 1].StartsWith('-'))
                format = arguments[index + 1];
            return true;
        }

        return false;
    }
}
