namespace Todo;

/// <summary>The entries behind <see cref="Todos"/>, in memory.</summary>
internal sealed class TodoBoard(int entriesMax)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, BoardTodo> _todos = [];
    private int _lastId;

    public BoardTodo[] All()
    {
        lock (_lock)
            return [.. _todos.Values];
    }

    public BoardTodo? Find(int id)
    {
        lock (_lock)
            return _todos.GetValueOrDefault(id);
    }

    public BoardTodo Add(NewTodo added)
    {
        lock (_lock)
        {
            if (_todos.Count >= entriesMax)
                throw new QuotaException();
            int id = ++_lastId;
            return _todos[id] = new BoardTodo(id, added.Title, false, added.Order);
        }
    }

    /// <summary>Null where there is no such entry.</summary>
    public BoardTodo? Change(int id, TodoChange change)
    {
        lock (_lock)
        {
            if (!_todos.TryGetValue(id, out BoardTodo? todo))
                return null;
            return _todos[id] = todo with
            {
                Title = change.Title ?? todo.Title,
                Completed = change.Completed ?? todo.Completed,
                Order = change.Order ?? todo.Order,
            };
        }
    }

    public bool Remove(int id)
    {
        lock (_lock)
            return _todos.Remove(id);
    }

    public void Clear()
    {
        lock (_lock)
            _todos.Clear();
    }
}

/// <summary>One entry.</summary>
internal sealed record BoardTodo(int Id, string Title, bool Completed, int? Order);
