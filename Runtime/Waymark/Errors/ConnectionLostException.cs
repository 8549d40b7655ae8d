namespace Waymark;

/// <summary>
/// The connection broke under a receive or a send: told apart from what else a handler does with files and streams.
/// </summary>
internal sealed class ConnectionLostException(string message, Exception? cause = null) : IOException(message, cause);
