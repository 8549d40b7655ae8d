namespace Waymark.Http;

/// <summary>How the client of an exchange can say who it is: the values of WWW-Authenticate for a 401.</summary>
/// <remarks>RFC 9110 section 11.6.1. The memory is kept for the next exchange.</remarks>
internal struct ChallengeList
{
    private byte[][]? _values;

    public int Count { get; private set; }

    public byte[] this[int index]
    {
        readonly get => _values![index];
        set => _values![index] = value;
    }

    public void Add(byte[] value)
    {
        _values ??= new byte[4][];
        if (Count == _values.Length)
            Array.Resize(ref _values, Count * 2);
        _values[Count++] = value;
    }

    public void Clear() => Count = 0;
}
