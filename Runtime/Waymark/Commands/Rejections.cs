using System.Text;

namespace Waymark.Commands;

/// <summary>Says what is wrong with a line.</summary>
internal static class Rejections
{
    private const int ShownCharactersMax = 64;
    private const int MessageCharactersMax = 256;
    private const int TemplatesMax = 8;

    /// <summary>For a line that no template fits; null for one without words that is passed over.</summary>
    public static CommandRejection? Of(CommandLine line, IReadOnlyList<CommandInfo> commands)
    {
        if (line.IsText && line.Split([]) == 0)
            return null;
        Range[] words = line.SplitAll();
        ReadOnlySpan<byte> packet = line.Packet.Span;
        int most = 0;
        foreach (CommandInfo command in commands)
            most = Math.Max(most, CountAlike(command, packet, words));
        if (most == 0)
        {
            string shown = words.Length == 0 ? "''" : Quoted(packet[words[0]]);
            return new CommandRejection(CommandRejectionKind.Unknown, "", null, $"Unknown command {shown}.");
        }

        var near = new List<CommandInfo>();
        foreach (CommandInfo command in commands)
        {
            if (CountAlike(command, packet, words) == most)
                near.Add(command);
        }

        string name = string.Join(' ', near[0].Template.Split(' ')[..most]);
        return new CommandRejection(CommandRejectionKind.Arguments, name, null, Explain(name, near));
    }

    /// <summary>For a word that is not a value of its parameter.</summary>
    public static CommandRejection Value(string command, string parameter, ReadOnlySpan<byte> word, string expected) =>
        new(CommandRejectionKind.Value, command, parameter, $"'{parameter}' is not {expected}: {Quoted(word)}.");

    /// <summary>For what the protocol could not read.</summary>
    public static CommandRejection Malformed(StreamProtocolException thrown)
    {
        var message = new StringBuilder();
        ShownText.Append(message, thrown.Message, MessageCharactersMax);
        return new CommandRejection(CommandRejectionKind.Malformed, "", null, message.ToString());
    }

    /// <summary>How many words of a line are the literals that a template begins with.</summary>
    private static int CountAlike(CommandInfo command, ReadOnlySpan<byte> packet, Range[] words)
    {
        int count = 0;
        ReadOnlySpan<char> template = command.Template;
        foreach (Range place in template.Split(' '))
        {
            ReadOnlySpan<char> literal = template[place];
            bool isAlike = count < words.Length && literal is not [':' or '*', ..]
                && Ascii.EqualsIgnoreCase(packet[words[count]], literal);
            if (!isAlike)
                break;
            count++;
        }

        return count;
    }

    private static string Explain(string name, List<CommandInfo> near)
    {
        if (near is [{ } only] && only.Template == name)
            return $"'{name}' takes no arguments.";
        var message = new StringBuilder($"'{name}' takes other arguments: ");
        for (int index = 0; index < near.Count; index++)
        {
            if (index == TemplatesMax)
                return message.Append("; …").ToString();
            message.Append(index == 0 ? "" : "; ").Append(near[index].Template);
        }

        return message.Append('.').ToString();
    }

    private static string Quoted(ReadOnlySpan<byte> word)
    {
        var text = new StringBuilder("'");
        ShownText.Append(text, word, ShownCharactersMax);
        return text.Append('\'').ToString();
    }
}
