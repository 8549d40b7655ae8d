using System.Text;
using System.Text.Unicode;
using Waymark.Buffers;
using Waymark.CompilerServices;
using Waymark.Http;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Binding;

/// <summary>Takes from a multipart body what a handler wants, whatever the order of its parts.</summary>
/// <remarks>
/// Fields are kept in memory, up to their limit. A file is left on the connection, for the handler to read, where it is
/// the last of what is wanted; else it waits in a temporary file, because the handler cannot be called yet. A part is
/// what the plan says that its name is; where the plan knows the name as both, a file name decides.
/// </remarks>
internal sealed class FormCollector(Exchange exchange, FormPlan plan, BoundForm form)
{
    private const int ScratchBytes = 32 * 1024;
    private const int ReadBytes = 1024;

    private readonly ServerLimits _limits = exchange.Request.Body.Limits;
    private readonly bool[] _isSeen = new bool[plan.Count];
    private int _seenCount;
    private int _fieldCount;
    private int _fileCount;
    private int _fieldBytes;

    /// <summary>Goes through the parts until the handler can be called.</summary>
    public async ValueTask CollectAsync(MultipartReader reader)
    {
        while (await reader.ReadNextAsync().ConfigureAwait(false) is { } part)
        {
            int index = IndexOf(part, out bool isFile);
            if (!isFile && ++_fieldCount > _limits.FormKeysMax)
                throw new BadRequestException(RequestRejection.TooManyFormFields);
            if (isFile && ++_fileCount > _limits.FormFilesMax)
                throw new BadRequestException(RequestRejection.TooManyFormFiles);
            if (index < 0 || (_isSeen[index] && !plan.IsRepeated(index)))
                continue;
            if (!_isSeen[index])
                _seenCount++;
            _isSeen[index] = true;
            if (!isFile)
                await KeepFieldAsync(part).ConfigureAwait(false);
            else if (await TakeFileAsync(part).ConfigureAwait(false))
                return;
        }
    }

    private int IndexOf(FormPart part, out bool isFile)
    {
        int field = plan.IndexOfField(part.Name);
        int file = plan.IndexOfFile(part.Name);
        isFile = file >= 0 && (field < 0 || part.FileName is not null);
        if (file < 0 && field < 0)
            isFile = part.FileName is not null;
        return isFile ? file : field;
    }

    private async ValueTask KeepFieldAsync(FormPart part)
    {
        FormFields fields = form.Fields;
        int nameLength = Encoding.UTF8.GetByteCount(part.Name);
        Encoding.UTF8.GetBytes(part.Name, fields.Free(nameLength).Span);
        fields.Begin(nameLength);
        for (int count; (count = await part.ReadAsync(fields.Free(ReadBytes)).ConfigureAwait(false)) > 0;)
        {
            fields.Fill(count);
            _fieldBytes += count;
            if (_fieldBytes > _limits.FormBytesMax)
                throw new BadRequestException(RequestRejection.FormTooLarge);
        }

        if (!Utf8.IsValid(fields.LastValue))
            throw new BadRequestException(RequestRejection.InvalidFormText);
    }

    /// <summary>Adds a file; true where nothing more is wanted, so that it is left on the connection.</summary>
    private async ValueTask<bool> TakeFileAsync(FormPart part)
    {
        // What a browser sends for a field without a file: no name and no content (HTML section 4.10.21.4).
        if (part.FileName is { Length: 0 } && !await part.HasDataAsync().ConfigureAwait(false))
            return false;
        if (_seenCount == plan.Count && !plan.HasRepeated)
        {
            form.Add(new FormFile(part, null));
            return true;
        }

        var spooled = new SpooledFile();
        exchange.RegisterForDispose(spooled);
        byte[] scratch = BlockPool.Rent(ScratchBytes);
        try
        {
            await spooled.FillAsync(part, scratch).ConfigureAwait(false);
        }
        finally
        {
            BlockPool.Return(scratch);
        }

        form.Add(new FormFile(part, spooled));
        return false;
    }
}
