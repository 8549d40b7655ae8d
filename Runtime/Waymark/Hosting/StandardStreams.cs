using System.Text;

namespace Waymark.Hosting;

/// <summary>Writes text to the process' own streams; one that is closed is no reason to fail.</summary>
internal static class StandardStreams
{
    // Not Console.Out and Console.Error: those also set up the terminal, which costs start time and size.
    public static void WriteOutput(string text) => Write(Console.OpenStandardOutput, text);

    public static void WriteError(string text) => Write(Console.OpenStandardError, text);

    private static void Write(Func<Stream> open, string text)
    {
        try
        {
            using Stream stream = open();
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // Whoever read is gone.
        }
    }
}
