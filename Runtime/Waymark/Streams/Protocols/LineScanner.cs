namespace Waymark.Streams.Protocols;

/// <summary>Finds the ends of lines.</summary>
internal sealed class LineScanner
{
    private readonly byte[] _ending;
    private readonly string _endingText;
    private readonly bool _isLineFeed;

    public LineScanner(LineEnding ending)
    {
        _endingText = ending switch
        {
            LineEnding.LineFeed => "\n",
            LineEnding.CarriageReturnLineFeed => "\r\n",
            LineEnding.CarriageReturn => "\r",
            _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "That is no ending of a line."),
        };
        _ending = Array.ConvertAll(_endingText.ToCharArray(), c => (byte)c);
        _isLineFeed = ending == LineEnding.LineFeed;
    }

    /// <summary>What is written behind a line.</summary>
    public ReadOnlySpan<byte> Ending => _ending;

    /// <summary>Finds the first line.</summary>
    /// <param name="input">What has come; not advanced.</param>
    /// <param name="length">How long the line is.</param>
    /// <param name="total">How long it is with its end.</param>
    public bool TryFind(ref StreamInput input, out int length, out int total)
    {
        ReadOnlySpan<byte> unread = input.Unread;
        int examined = Math.Min(input.Examined, unread.Length);
        int found = unread[examined..].IndexOf(_ending);
        if (found < 0)
        {
            // The beginning of an end may be there already.
            input.Examined = Math.Max(0, unread.Length - (_ending.Length - 1));
            length = total = 0;
            return false;
        }

        length = examined + found;
        total = length + _ending.Length;
        if (_isLineFeed && length > 0 && unread[length - 1] == '\r')
            length--;
        return true;
    }

    /// <summary>Passes over the rest of a line.</summary>
    public bool TrySkip(ref StreamInput input)
    {
        if (TryFind(ref input, out _, out int total))
        {
            input.Advance(total);
            return true;
        }

        input.Advance(input.Examined);
        return false;
    }

    /// <summary>Refuses what would be several lines.</summary>
    public void ThrowIfSeveral(string line)
    {
        if (line.Contains(_endingText, StringComparison.Ordinal))
            throw new ArgumentException("A line to be sent holds the end of a line: it would be received as several.");
    }
}
