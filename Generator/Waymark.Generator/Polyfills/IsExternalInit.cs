namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where a record or an init accessor is compiled for netstandard2.0.</summary>
internal static class IsExternalInit;
