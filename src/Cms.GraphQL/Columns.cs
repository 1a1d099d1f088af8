using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using Cms.GraphQL.Execution;
using Cms.GraphQL.Types;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL;

/// <summary>Finds the columns of a row that a document needs, so that only those columns are read.</summary>
public static class Columns
{
    // Parsed documents are cached, so each field is examined only once. An entry lives as long as its document.
    private static readonly ConditionalWeakTable<GraphQLField, Answers> Cache = [];

    /// <summary>Returns the row's public properties with a public setter, in the order of declaration.</summary>
    public static IReadOnlyList<string> Of<TRow>() => Layout<TRow>.Names;

    /// <summary>Returns the columns with these <paramref name="names"/>.</summary>
    /// <exception cref="ArgumentException">The row has no such column.</exception>
    public static ColumnSet Set<TRow>(params ReadOnlySpan<string> names)
    {
        var bits = 0UL;

        foreach (var name in names)
        {
            bits |= Layout<TRow>.Bits.TryGetValue(name, out var bit)
                ? bit
                : throw new ArgumentException($"{typeof(TRow).Name} has no column {name}.", nameof(names));
        }

        return new(bits);
    }

    public static bool Has<TRow>(this ColumnSet columns, string name) => columns.Covers(Set<TRow>(name));

    /// <summary>
    /// Returns the columns that the document needs at <paramref name="path"/> below the current field, or at the field
    /// itself if the path is empty. The result can include columns of fields that <c>@skip</c> and <c>@include</c>
    /// leave out.
    /// </summary>
    public static ColumnSet Asked<TRow>(this IResolveFieldContext context, params ReadOnlySpan<string> path)
    {
        var answers = Cache.GetOrCreateValue(context.FieldAst);

        if (!answers.TryFind(typeof(TRow), path, out var bits))
        {
            bits = Look<TRow>(context, path);
            answers.Add(typeof(TRow), path, bits);
        }

        return new(bits);
    }

    /// <summary>Returns the columns that the document needs of a connection's <c>nodes</c> or <c>edges</c>.</summary>
    public static ColumnSet AskedOfNodes<TRow>(this IResolveFieldContext context) =>
        context.Asked<TRow>("nodes") | context.Asked<TRow>("edges", "node");

    /// <summary>Returns whether the document selects <paramref name="path"/> below the current field.</summary>
    public static bool Asks(this IResolveFieldContext context, params ReadOnlySpan<string> path)
    {
        var answers = Cache.GetOrCreateValue(context.FieldAst);

        if (!answers.TryFind(typeof(void), path, out var bits))
        {
            bits = Selected(context).At(context.FieldAst, path).Count > 0 ? 1UL : 0;
            answers.Add(typeof(void), path, bits);
        }

        return bits != 0;
    }

    private static ulong Look<TRow>(IResolveFieldContext context, ReadOnlySpan<string> path)
    {
        var reached = context.FieldDefinition.ResolvedType?.GetNamedType();

        foreach (var step in path)
        {
            reached = (reached as IComplexGraphType)?.GetField(step)?.ResolvedType?.GetNamedType();
        }

        var row =
            RowType(reached, typeof(TRow))
            ?? throw new ArgumentException(
                $"{context.FieldDefinition.Name} does not return {typeof(TRow).Name} at this path.",
                nameof(path)
            );
        var bits = 0UL;
        var selected = Selected(context);
        foreach (var field in selected.At(context.FieldAst, path))
        {
            foreach (var selection in selected.Of(field, row))
            {
                if (row.GetField(selection.Name.Value) is CmsField { Needs: var needs })
                {
                    bits |= needs is null ? ulong.MaxValue : Set<TRow>(needs).Bits;
                }
            }
        }

        return bits;
    }

    private static SelectedFields Selected(IResolveFieldContext context) =>
        new(new SelectionWalker(context.Document, context.Schema));

    private static CmsObject? RowType(IGraphType? reached, Type row) =>
        reached switch
        {
            CmsObject found when found.Clr == row => found,
            IAbstractGraphType several => several.PossibleTypes.OfType<CmsObject>().FirstOrDefault(x => x.Clr == row),
            _ => null,
        };

    private static class Layout<TRow>
    {
        public static readonly string[] Names =
        [
            .. typeof(TRow)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(x => x.SetMethod is { IsPublic: true })
                .OrderBy(x => x.MetadataToken)
                .Select(x => x.Name),
        ];

        public static readonly FrozenDictionary<string, ulong> Bits =
            Names.Length <= 64
                ? Names.Index().ToFrozenDictionary(x => x.Item, x => 1UL << x.Index, StringComparer.Ordinal)
                : throw new NotSupportedException($"{typeof(TRow).Name} has more than 64 columns.");
    }

    private sealed class Answers
    {
        private (Type Row, string[] Path, ulong Bits)[] _known = [];

        public bool TryFind(Type row, ReadOnlySpan<string> path, out ulong bits)
        {
            foreach (var answer in Volatile.Read(ref _known))
            {
                if (answer.Row == row && path.SequenceEqual(answer.Path))
                {
                    bits = answer.Bits;
                    return true;
                }
            }

            bits = 0;
            return false;
        }

        // No lock is needed. If two requests add entries at the same time, one can be duplicated, or lost and computed
        // again.
        public void Add(Type row, ReadOnlySpan<string> path, ulong bits) =>
            Volatile.Write(ref _known, [.. _known, (row, path.ToArray(), bits)]);
    }
}
