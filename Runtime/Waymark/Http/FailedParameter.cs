namespace Waymark.Http;

/// <summary>What code of the program's own may throw while a parameter is made, and which one it was.</summary>
/// <remarks>
/// The name travels in the exception itself, so that hooks and mappings see the exception that was thrown and the log
/// says what was being read.
/// </remarks>
internal static class FailedParameter
{
    /// <summary>The key in <see cref="Exception.Data"/>, which the documentation of OnError names.</summary>
    private const string Key = "Waymark.Parameter";

    /// <summary>True where the value is refused, which is an answer and no failure.</summary>
    public static bool IsRefusal(Exception thrown) =>
        thrown is ArgumentException or FormatException or OverflowException;

    /// <summary>Remembers the parameter: <c>The query parameter 'page'</c>.</summary>
    public static void Note(Exception thrown, string parameter) => thrown.Data[Key] = parameter;

    /// <summary>The parameter that was being made; null where the exception comes from elsewhere.</summary>
    public static string? Of(Exception thrown) => thrown.Data[Key] as string;
}
