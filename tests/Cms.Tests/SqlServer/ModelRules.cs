using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cms.Tests.SqlServer;

/// <summary>Checks rules of SQL Server and of this product that neither the parser nor DacFx checks.</summary>
internal static class ModelRules
{
    private const int ClusteredKeyBytes = 900;
    private const int IndexKeyBytes = 1700;

    public static IReadOnlyList<string> Broken(IModel model) =>
        [
            .. CascadePaths(model),
            .. model.GetEntityTypes().SelectMany(entity => Keys(entity).Concat(Columns(entity)).Concat(Links(entity))),
        ];

    // Error 1785: cascades must not reach a table by more than one path.
    private static IEnumerable<string> CascadePaths(IModel model)
    {
        var links = model
            .GetEntityTypes()
            .SelectMany(entity => entity.GetForeignKeys())
            .Where(link => link.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
            .ToLookup(link => link.PrincipalEntityType);
        foreach (var root in links.Select(group => group.Key))
        {
            HashSet<IEntityType> reached = [root];
            HashSet<IEntityType> twice = [];
            Stack<IEntityType> open = new([root]);
            while (open.TryPop(out var table))
            {
                foreach (var link in links[table])
                {
                    if (!reached.Add(link.DeclaringEntityType))
                    {
                        twice.Add(link.DeclaringEntityType);
                    }
                    else if (link.DeleteBehavior is DeleteBehavior.Cascade)
                    {
                        open.Push(link.DeclaringEntityType);
                    }
                }
            }

            foreach (var table in twice)
            {
                yield return $"1785: more than one cascade path from {root.GetTableName()} to {table.GetTableName()}";
            }
        }
    }

    private static IEnumerable<string> Keys(IEntityType entity)
    {
        var keys = entity
            .GetKeys()
            .Select(key =>
                (
                    Name: key.GetName()!,
                    key.Properties,
                    Clustered: SqlServerKeyExtensions.IsClustered(key) ?? key.IsPrimaryKey()
                )
            );
        var indexes = entity
            .GetIndexes()
            .Select(index =>
                (Name: index.GetDatabaseName()!, index.Properties, Clustered: index.IsClustered() is true)
            );
        foreach (var (name, properties, clustered) in keys.Concat(indexes))
        {
            foreach (var endless in properties.Where(p => BytesOf(p.GetColumnType()) is null))
            {
                yield return $"1919: {name} indexes {endless.Name}, which is {endless.GetColumnType()}";
            }

            var bytes = properties.Sum(p => BytesOf(p.GetColumnType()) ?? 0);
            var limit = clustered ? ClusteredKeyBytes : IndexKeyBytes;
            if (bytes > limit)
            {
                yield return $"{(clustered ? 1944 : 1945)}: {name} can need {bytes} bytes, but the limit is {limit}";
            }
        }
    }

    private static IEnumerable<string> Columns(IEntityType entity)
    {
        List<IProperty> properties = [.. entity.GetFlattenedProperties()];
        if (properties.Count(p => p.GetColumnType() is "rowversion" or "timestamp") > 1)
        {
            yield return $"2738: {entity.GetTableName()} has two rowversions";
        }

        foreach (var property in properties)
        {
            var name = $"{entity.GetTableName()}.{property.Name}";
            var type = property.GetColumnType();
            if (type.StartsWith("datetimeoffset", StringComparison.Ordinal) && type != "datetimeoffset(3)")
            {
                yield return $"{name} is {type}, but times must be datetimeoffset(3)";
            }

            if (
                property.Name is "Slug" or "ImportId"
                && property.GetCollation()?.EndsWith("_BIN2", StringComparison.Ordinal) is not true
            )
            {
                yield return $"{name} has no BIN2 collation, so it would ignore case, unlike on SQLite";
            }
        }
    }

    private static IEnumerable<string> Links(IEntityType entity) =>
        entity
            .GetForeignKeys()
            .Where(link => link.DeleteBehavior is not DeleteBehavior.NoAction)
            .Select(link => $"{link.GetConstraintName()} is {link.DeleteBehavior}, but must be NoAction");

    // Returns the size of a type in a key, in bytes, or null if a key cannot contain it.
    // See learn.microsoft.com/sql/t-sql/data-types.
    private static int? BytesOf(string type)
    {
        var (name, size) = type.Split('(', ')') is [var before, var inside, ..] ? (before, inside) : (type, "");
        return (name, size) switch
        {
            (_, "max") or ("xml" or "json" or "text" or "ntext" or "image", _) => null,
            ("nvarchar" or "nchar", _) => 2 * int.Parse(size, CultureInfo.InvariantCulture),
            ("varchar" or "char" or "varbinary" or "binary", _) => int.Parse(size, CultureInfo.InvariantCulture),
            ("bit" or "tinyint", _) => 1,
            ("smallint", _) => 2,
            ("int" or "real", _) => 4,
            ("date", _) => 3,
            ("bigint" or "float" or "datetime2" or "rowversion" or "timestamp", _) => 8,
            ("datetimeoffset", _) => 10,
            ("decimal" or "numeric", _) => 17,
            ("uniqueidentifier", _) => 16,
            _ => throw new NotSupportedException($"The size of {type} in a key is unknown."),
        };
    }
}
