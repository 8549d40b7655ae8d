namespace Waymark;

/// <summary>Something went wrong with a server as a whole, not with one request.</summary>
public abstract class ServerException : Exception
{
    private protected ServerException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}
