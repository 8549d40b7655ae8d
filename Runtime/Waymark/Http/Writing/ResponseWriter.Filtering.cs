namespace Waymark.Http.Writing;

/// <content>Bodies that go out other than they were written: compressed, or replaced as a whole.</content>
internal sealed partial class ResponseWriter
{
    /// <summary>
    /// What the body goes through on its way; null where it goes as it was written. Set by a starting callback.
    /// </summary>
    public IBodyFilter? Filter { get; set; }

    /// <summary>In how many pieces the body lies, before the answer has started.</summary>
    public int BodyPieceCount => _isReserved ? output.PieceCount(_headMark) : 0;

    /// <summary>A piece of the body, before the answer has started.</summary>
    public ReadOnlyMemory<byte> GetBodyPiece(int index) => output.GetPiece(_headMark, HeadRoom, index);

    /// <summary>Puts another body in the place of the one that was written, before the answer has started.</summary>
    public void ReplaceBody(ReadOnlySpan<byte> body)
    {
        DropBody();
        Reserve();
        output.Write(body);
        BodyBytes = body.Length;
    }

    /// <summary>Filters what was written before the head.</summary>
    /// <returns>How many bytes became of it.</returns>
    private long FilterFirst(IBodyFilter filter)
    {
        long written = BodyBytes;
        if (written == 0)
            return 0;
        for (int index = 0; index < BodyPieceCount; index++)
            filter.Write(GetBodyPiece(index).Span);
        filter.Flush();
        ReplaceBody(filter.Output);
        filter.ClearOutput();

        // What the handler has declared, and how much it has written, is about its own bytes.
        (long filtered, BodyBytes) = (BodyBytes, written);
        return filtered;
    }

    private void EndFilteredPiece(IBodyFilter filter, bool isLast)
    {
        bool isInChunk = _isInChunk;
        _isInChunk = false;
        if (isInChunk)
        {
            int room = _mode == Mode.Chunked ? ChunkRoom : 0;
            for (int index = 0; index < output.PieceCount(_chunkMark); index++)
                filter.Write(output.GetPiece(_chunkMark, room, index).Span);
            output.Truncate(_chunkMark);
        }

        if (isLast)
            filter.Finish();
        else if (isInChunk && _chunkBytes > 0)
            filter.Flush();
        if (filter.Output.IsEmpty)
            return;
        if (_mode == Mode.Chunked)
        {
            Span<byte> line = stackalloc byte[ChunkRoom];
            output.Write(line[..ResponseHead.FormatChunkLine(line, filter.Output.Length)]);
        }

        output.Write(filter.Output);
        if (_mode == Mode.Chunked)
            output.Write("\r\n"u8);
        filter.ClearOutput();
    }
}
