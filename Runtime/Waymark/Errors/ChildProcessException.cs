namespace Waymark;

/// <summary>Something failed in a child process, or the process itself ended when it should not have.</summary>
/// <remarks>An exception cannot cross processes: this one carries what is known of it as text.</remarks>
public sealed class ChildProcessException : ServerException
{
    internal ChildProcessException(string message, string? typeName = null, string? details = null)
        : base(message, cause: null) => (TypeName, Details) = (typeName, details);

    /// <summary>
    /// The full name of the exception's type in the child; null where the process ended without a word.
    /// </summary>
    public string? TypeName { get; }

    /// <summary>
    /// The exception in the child as text, with its stack trace and inner exceptions; null as <see cref="TypeName"/>.
    /// </summary>
    public string? Details { get; }
}
