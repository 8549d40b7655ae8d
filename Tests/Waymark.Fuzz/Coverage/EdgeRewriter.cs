using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Waymark.Fuzz.Coverage;

/// <summary>Rewrites an assembly so that each basic block notes the edge that led to it.</summary>
/// <remarks>
/// As AFL does: a block has a number, and the edge's place in a map of 64 Ki counters is the number of the block
/// before, shifted, xor its own.
/// </remarks>
internal sealed class EdgeRewriter
{
    /// <summary>The injected type's name; it stands in the first assembly that is rewritten.</summary>
    public const string MapType = "WaymarkFuzzEdges";

    private readonly Random _numbers = new(1);
    private readonly TypeDefinition _map;
    private readonly MethodDefinition _hit;

    public EdgeRewriter(ModuleDefinition module)
    {
        TypeSystem types = module.TypeSystem;
        _map = new TypeDefinition("", MapType,
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
            types.Object);
        var counts = new FieldDefinition(
            "Counts", FieldAttributes.Public | FieldAttributes.Static, types.Byte.MakeArrayType());
        var before = new FieldDefinition("Before", FieldAttributes.Public | FieldAttributes.Static, types.Int32);
        var steps = new FieldDefinition("Steps", FieldAttributes.Public | FieldAttributes.Static, types.Int64);
        _map.Fields.Add(counts);
        _map.Fields.Add(before);
        _map.Fields.Add(steps);
        _map.Methods.Add(Initialise(types, counts));
        _hit = Hit(types, counts, before, steps);
        _map.Methods.Add(_hit);
        module.Types.Add(_map);
    }

    /// <summary>Puts the calls in.</summary>
    /// <returns>How many blocks there are.</returns>
    public int Rewrite(ModuleDefinition module, Func<TypeDefinition, bool> isWanted)
    {
        MethodReference hit = module == _map.Module ? _hit : module.ImportReference(_hit);
        int blocks = 0;
        foreach (TypeDefinition type in module.GetAllTypes().Where(type => type != _map && isWanted(type)))
        {
            foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody))
                blocks += Rewrite(method, hit);
        }

        return blocks;
    }

    private int Rewrite(MethodDefinition method, MethodReference hit)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        HashSet<Instruction> leaders = LeadersOf(body);
        ILProcessor processor = body.GetILProcessor();
        var entries = new Dictionary<Instruction, Instruction>();
        foreach (Instruction leader in leaders)
        {
            Instruction entry = processor.Create(OpCodes.Ldc_I4, _numbers.Next(1 << 16));
            processor.InsertBefore(leader, entry);
            processor.InsertBefore(leader, processor.Create(OpCodes.Call, hit));
            entries.Add(leader, entry);
        }

        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target && entries.TryGetValue(target, out Instruction? moved))
                instruction.Operand = moved;
            else if (instruction.Operand is Instruction[] targets)
                instruction.Operand = Array.ConvertAll(targets, one => entries.GetValueOrDefault(one, one));
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = Moved(handler.HandlerEnd);
            handler.FilterStart = Moved(handler.FilterStart);
        }

        body.OptimizeMacros();
        return leaders.Count;

        Instruction? Moved(Instruction? place) => place is null ? null : entries.GetValueOrDefault(place, place);
    }

    private static HashSet<Instruction> LeadersOf(MethodBody body)
    {
        HashSet<Instruction> leaders = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                leaders.Add(target);
            else if (instruction.Operand is Instruction[] targets)
                leaders.UnionWith(targets);
            bool isBranch = instruction.OpCode.FlowControl is FlowControl.Cond_Branch or FlowControl.Branch;
            if (isBranch && instruction.Next is not null)
                leaders.Add(instruction.Next);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
            leaders.Add(handler.HandlerStart);
        return leaders;
    }

    private static MethodDefinition Initialise(TypeSystem types, FieldDefinition counts)
    {
        var method = new MethodDefinition(".cctor",
            MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.SpecialName
            | MethodAttributes.RTSpecialName | MethodAttributes.HideBySig,
            types.Void);
        ILProcessor processor = method.Body.GetILProcessor();
        processor.Emit(OpCodes.Ldc_I4, 1 << 16);
        processor.Emit(OpCodes.Newarr, types.Byte);
        processor.Emit(OpCodes.Stsfld, counts);
        processor.Emit(OpCodes.Ret);
        return method;
    }

    // Counts[(block ^ Before) & 0xFFFF]++; Before = block >> 1; Steps++;
    private static MethodDefinition Hit(
        TypeSystem types, FieldDefinition counts, FieldDefinition before, FieldDefinition steps)
    {
        var method = new MethodDefinition(
            "Hit", MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, types.Void)
        {
            AggressiveInlining = true,
        };
        method.Parameters.Add(new ParameterDefinition("block", ParameterAttributes.None, types.Int32));
        ILProcessor processor = method.Body.GetILProcessor();
        processor.Emit(OpCodes.Ldsfld, counts);
        processor.Emit(OpCodes.Ldarg_0);
        processor.Emit(OpCodes.Ldsfld, before);
        processor.Emit(OpCodes.Xor);
        processor.Emit(OpCodes.Ldc_I4, 0xFFFF);
        processor.Emit(OpCodes.And);
        processor.Emit(OpCodes.Ldelema, types.Byte);
        processor.Emit(OpCodes.Dup);
        processor.Emit(OpCodes.Ldind_U1);
        processor.Emit(OpCodes.Ldc_I4_1);
        processor.Emit(OpCodes.Add);
        processor.Emit(OpCodes.Conv_U1);
        processor.Emit(OpCodes.Stind_I1);
        processor.Emit(OpCodes.Ldarg_0);
        processor.Emit(OpCodes.Ldc_I4_1);
        processor.Emit(OpCodes.Shr);
        processor.Emit(OpCodes.Stsfld, before);
        processor.Emit(OpCodes.Ldsfld, steps);
        processor.Emit(OpCodes.Ldc_I4_1);
        processor.Emit(OpCodes.Conv_I8);
        processor.Emit(OpCodes.Add);
        processor.Emit(OpCodes.Stsfld, steps);
        processor.Emit(OpCodes.Ret);
        return method;
    }
}
