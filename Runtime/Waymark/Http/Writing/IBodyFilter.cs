namespace Waymark.Http.Writing;

/// <summary>Makes another body of the one that a handler writes, on its way to the client.</summary>
/// <remarks>
/// The writer gives it what the handler has written between two flushes, takes what became of it, and frames that. Used
/// by one answer, never by two threads at once.
/// </remarks>
internal interface IBodyFilter
{
    /// <summary>What is to be sent, until <see cref="ClearOutput"/>.</summary>
    public ReadOnlySpan<byte> Output { get; }

    /// <summary>Takes a piece of the body.</summary>
    public void Write(ReadOnlySpan<byte> body);

    /// <summary>Puts all that was taken into <see cref="Output"/>, so that the client can read it.</summary>
    public void Flush();

    /// <summary>Ends the body.</summary>
    public void Finish();

    /// <summary>Forgets what has been sent.</summary>
    public void ClearOutput();
}
