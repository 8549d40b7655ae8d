using System.Diagnostics;

namespace Waymark.Transport.Epoll;

/// <summary>A descriptor that several threads use, and that is closed when the last of them is done with it.</summary>
/// <remarks>
/// The system gives the number of a closed descriptor out again at once: a call on it would meet somebody else's
/// connection. So each call stands between <see cref="TryEnter"/> and <see cref="Exit"/>, and <see cref="Close"/>
/// leaves the closing to whoever exits last.
/// </remarks>
internal struct SharedDescriptor(int number)
{
    private const int Use = 2;
    private const int Closing = 1;
    private const int Closed = int.MinValue | Closing;

    // INVARIANT: Use times the number of calls that are under way, plus Closing once nobody new may enter; Closed from
    // the moment on at which one thread has taken it upon itself to close.
    private int _state;

    /// <summary>The number; to be used between TryEnter and Exit.</summary>
    public int Number { get; } = number;

    /// <summary>True once it is closed or will be.</summary>
    public readonly bool IsClosing => (Volatile.Read(in _state) & Closing) != 0;

    /// <summary>Begins a call.</summary>
    /// <returns>False where the descriptor is closed: nothing was begun.</returns>
    public bool TryEnter()
    {
        if ((Interlocked.Add(ref _state, Use) & Closing) == 0)
            return true;

        Exit();
        return false;
    }

    /// <summary>Ends a call.</summary>
    public void Exit()
    {
        if (Interlocked.Add(ref _state, -Use) == Closing)
            CloseIfLast();
    }

    /// <summary>Lets nobody new in and closes, now or when the last call has ended. Any number of times.</summary>
    public void Close()
    {
        if ((Interlocked.Or(ref _state, Closing) & Closing) == 0)
            CloseIfLast();
    }

    private void CloseIfLast()
    {
        if (Interlocked.CompareExchange(ref _state, Closed, Closing) != Closing)
            return;

        ReactorTargets.Remove(Number);
        int result = LibC.Close(Number);
        Debug.Assert(result == 0);
    }
}
