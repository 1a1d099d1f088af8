using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Mono.Cecil;

namespace Cms.Tests;

/// <summary>
/// Finds references in compiled code, by type. Nested and generated types count as their outermost type.
/// </summary>
internal static class CompiledCode
{
    /// <summary>Returns, for each type of an assembly, the types of the same assembly that it refers to.</summary>
    public static Dictionary<string, HashSet<string>> Uses(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        Dictionary<string, HashSet<string>> uses = new(StringComparer.Ordinal);
        foreach (var type in module.GetTypes())
        {
            var user = Outermost(type);
            if (!uses.TryGetValue(user, out var used))
            {
                uses.Add(user, used = new(StringComparer.Ordinal));
            }

            used.UnionWith(
                References(type)
                    .SelectMany(Flat)
                    .Where(x => x.Scope == module)
                    .Select(Outermost)
                    .Where(name => name[0] != '<')
            );
            used.Remove(user);
        }

        return uses;
    }

    /// <summary>Returns the types of an assembly whose code, including expression trees, refers to a method.</summary>
    public static IEnumerable<string> CallersOf(Assembly assembly, Func<MethodReference, bool> isWanted)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. module
                .GetTypes()
                .Where(type =>
                    type.Methods.Where(method => method.HasBody)
                        .SelectMany(method => method.Body.Instructions)
                        .Any(instruction => instruction.Operand is MethodReference named && isWanted(named))
                )
                .Select(Outermost)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<TypeReference?> References(TypeDefinition type) =>
        [
            type.BaseType,
            .. type.Interfaces.Select(x => x.InterfaceType),
            .. type.CustomAttributes.Select(x => x.AttributeType),
            .. type.GenericParameters.SelectMany(x => x.Constraints).Select(x => x.ConstraintType),
            .. type.Fields.Select(x => x.FieldType),
            .. type.Properties.Select(x => x.PropertyType),
            .. type.Methods.SelectMany(References),
        ];

    private static IEnumerable<TypeReference?> References(MethodDefinition method) =>
        [
            method.ReturnType,
            .. method.Parameters.Select(x => x.ParameterType),
            .. method.GenericParameters.SelectMany(x => x.Constraints).Select(x => x.ConstraintType),
            .. method.HasBody
                ? method
                    .Body.Variables.Select(x => x.VariableType)
                    .Concat(method.Body.Instructions.SelectMany(x => Operands(x.Operand)))
                : [],
        ];

    private static IEnumerable<TypeReference?> Operands(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            GenericInstanceMethod method =>
            [
                method.DeclaringType,
                method.ReturnType,
                .. method.Parameters.Select(x => x.ParameterType),
                .. method.GenericArguments,
            ],
            MethodReference method =>
            [
                method.DeclaringType,
                method.ReturnType,
                .. method.Parameters.Select(x => x.ParameterType),
            ],
            _ => [],
        };

    private static IEnumerable<TypeReference> Flat(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => [.. Flat(generic.ElementType), .. generic.GenericArguments.SelectMany(Flat)],
            TypeSpecification wrapped => Flat(wrapped.ElementType),
            _ => [type],
        };

    private static string Outermost(TypeReference type) =>
        type.DeclaringType is { } around ? Outermost(around) : type.FullName;
}

/// <summary>The C# types that make up a database model.</summary>
internal static class ModelParts
{
    /// <summary>Returns an entity, its complex parts and the types of their properties.</summary>
    public static IEnumerable<Type> Of(ITypeBase type) =>
        type.GetComplexProperties()
            .SelectMany(complex => Of(complex.ComplexType))
            .Concat(
                type.GetProperties()
                    .Select(property => Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType)
            )
            .Append(type.ClrType);
}
