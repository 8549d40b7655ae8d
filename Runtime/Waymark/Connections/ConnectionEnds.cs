namespace Waymark.Connections;

/// <summary>Why a connection ended, for the log. Constants, so that noting a reason costs nothing.</summary>
internal static class ConnectionEnds
{
    public const string Peer = "the peer closed it";
    public const string Asked = "the client asked for it";
    public const string RequestLimit = "request limit";
    public const string TimedOut = "timeout";
    public const string Stopping = "the server stops";
    public const string Aborted = "the answer could not be completed";
    public const string Fault = "the handler failed";
    public const string NotAdmitted = "OnConnect refused it";
    public const string OverLimit = "connection limit";
    public const string Done = "done";
}
