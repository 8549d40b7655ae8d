using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Waymark.Transport.Epoll;

/// <content>Files are sent by the kernel, out of its cache: no byte of them comes into this process.</content>
internal sealed partial class EpollConnection
{
    private const int WouldBlock = -1;

    public override bool SendsFiles => true;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> SendFileAsync(SafeFileHandle file, long offset, int length)
    {
        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            int number = (int)file.DangerousGetHandle();
            int sent = 0;
            while (sent < length)
            {
                int count = TrySendFile(number, offset + sent, length - sent);
                if (count == 0)
                    break;
                if (count != WouldBlock)
                {
                    sent += count;
                    continue;
                }

                // The reactor ends the wait. The next piece may wait for the disk, so it is not sent on its thread.
                await WaitToSendAsync().ConfigureAwait(false);
                await Task.Yield();
            }

            return sent;
        }
        finally
        {
            if (isHeld)
                file.DangerousRelease();
        }
    }

    /// <summary>Ends when it is worth trying again: a send of nothing that waits for the next edge.</summary>
    private ValueTask WaitToSendAsync()
    {
        _sendBuffer = default;
        _send.Reset();
        short version = _send.Version;
        WaitToSend();
        return new ValueTask(this, version);
    }

    /// <summary>Sends what does not block; as <see cref="TrySend"/>, one piece.</summary>
    /// <returns>How many bytes; 0 where the file gives none.</returns>
    private int TrySendFile(int file, long offset, int length)
    {
        bool isCleared = false;
        while (true)
        {
            if (!_descriptor.TryEnter())
                throw SocketErrors.Aborted();
            nint result = Call(file, offset, length);
            int errno = result < 0 ? Marshal.GetLastSystemError() : 0;
            _descriptor.Exit();
            switch (errno)
            {
                case 0:
                    return (int)result;
                case SystemErrors.Interrupted:
                    continue;
                case SystemErrors.TryAgain when isCleared && !_sendState.IsReady:
                    return WouldBlock;
                case SystemErrors.TryAgain:
                    _sendState.Clear();
                    isCleared = true;
                    continue;
                case 5 or 22 or 38 or 75 or 95: // EIO, EINVAL, ENOSYS, EOVERFLOW, EOPNOTSUPP: it is the file's fault.
                    return 0;
                default:
                    throw SocketErrors.ToException(SystemErrors.ToSocketError(errno));
            }
        }
    }

    private unsafe nint Call(int file, long offset, int length)
    {
        // SAFETY: the kernel reads and writes the one number, which stands on this stack until the call returns. Unlike
        // send there is no flag against SIGPIPE; .NET ignores that signal.
        return LibC.SendFile(_descriptor.Number, file, &offset, (nuint)length);
    }
}
