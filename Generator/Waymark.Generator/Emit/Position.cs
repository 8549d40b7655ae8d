namespace Waymark.Generator.Emit;

/// <summary>A place in the path: a constant until the first capture, from then on a variable and a constant.</summary>
internal readonly record struct Position(string? Variable, int Offset)
{
    public static Position Start => new(null, 0);

    public static Position At(string variable) => new(variable, 0);

    public Position Plus(int count) => this with { Offset = Offset + count };

    public override string ToString() => (Variable, Offset) switch
    {
        (null, _) => $"{Offset}",
        (_, 0) => Variable,
        (_, < 0) => $"{Variable} - {-Offset}",
        _ => $"{Variable} + {Offset}",
    };
}
