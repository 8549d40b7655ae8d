using Microsoft.CodeAnalysis;

namespace Waymark.Generator.Extraction.Documents;

/// <summary>Finds the type that a model names: <c>global::Shop.Page&lt;global::Shop.User&gt;</c>.</summary>
internal static class TypeFinder
{
    private const string Global = "global::";

    /// <summary>The type, unbound where it is generic; null for arrays, keywords and what is not there.</summary>
    public static INamedTypeSymbol? Find(Compilation compilation, string qualified)
    {
        if (!qualified.StartsWith(Global, StringComparison.Ordinal))
            return null;
        INamespaceOrTypeSymbol current = compilation.GlobalNamespace;
        int position = Global.Length;
        while (position < qualified.Length)
        {
            int start = position;
            while (position < qualified.Length && qualified[position] is not ('.' or '<' or '[' or '?'))
                position++;
            string name = qualified.Substring(start, position - start).TrimStart('@');
            int arity = 0;
            if (position < qualified.Length && qualified[position] == '<')
                position = SkipArguments(qualified, position, out arity);
            INamespaceOrTypeSymbol? next = Member(current, name, arity);
            if (next is null)
                return null;
            current = next;
            if (position < qualified.Length && qualified[position] != '.')
                return null;
            position++;
        }

        return current as INamedTypeSymbol;
    }

    private static INamespaceOrTypeSymbol? Member(INamespaceOrTypeSymbol container, string name, int arity)
    {
        INamespaceOrTypeSymbol? space = null;
        foreach (ISymbol member in container.GetMembers(name))
        {
            if (member is INamedTypeSymbol type && type.Arity == arity)
                return type;
            if (member is INamespaceSymbol found)
                space = found;
        }

        return space;
    }

    private static int SkipArguments(string qualified, int position, out int arity)
    {
        arity = 1;
        int depth = 0;
        for (; position < qualified.Length; position++)
        {
            char character = qualified[position];
            if (character is '<' or '[' or '(')
                depth++;
            else if (character is '>' or ']' or ')' && --depth == 0)
                return position + 1;
            else if (character == ',' && depth == 1)
                arity++;
        }

        return position;
    }
}
