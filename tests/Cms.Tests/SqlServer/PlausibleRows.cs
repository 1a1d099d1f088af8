using System.Collections;
using System.Data.Common;
using System.Reflection;
using Cms.GraphQL;
using Cms.SqlServer;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Cms.Tests.SqlServer;

/// <summary>
/// The rows that <see cref="AbsentSqlServer" /> returns. In the first row of a list, every id is <see cref="Id" />, so
/// a later query finds the rows that the ids refer to. Every other value is valid for its column.
/// </summary>
public sealed record PlausibleRows
{
    private static readonly Lazy<Dictionary<(string Table, string Column), string>> Texts = new(TextsOfModel);

    public static Guid Id { get; } = new("01980000-0000-7000-8000-000000000001");

    public static DateTimeOffset At { get; } = new(2026, 4, 23, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The number of rows in a list. A statement that requests one row gets one.</summary>
    public int ListLength { get; init; } = 1;

    /// <summary>The value of boolean expressions that are not columns, such as EXISTS or a comparison.</summary>
    public bool Yes { get; init; } = true;

    /// <summary>Values that replace the defaults, by <c>Column</c> or <c>Table.Column</c>. Null means NULL.</summary>
    public IReadOnlyDictionary<string, object?> Columns { get; init; } = new Dictionary<string, object?>();

    /// <summary>Returns the id in a row of a list. The first row is 0.</summary>
    public static Guid IdOf(int row)
    {
        var bytes = Id.ToByteArray(bigEndian: true);
        bytes[^1] += (byte)row;
        return new Guid(bytes, bigEndian: true);
    }

    internal static IReadOnlyList<string> Migrations { get; } =
    [
        .. typeof(CmsSqlServer)
            .Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    internal object? Value(ResultColumn column, int row, Type type)
    {
        if (
            Columns.TryGetValue($"{column.Table}.{column.Name}", out var given)
            || Columns.TryGetValue(column.Name, out given)
        )
        {
            return given;
        }

        return column switch
        {
            { Name: "MigrationId" } => Migrations[row],
            { Name: "TrashedAt" or "MergedInto" } => null,
            { Name: "Status", Table: "Takes" } => "Drafted",
            { Name: "WithdrawAt" or "AdvanceEditionId", Table: "Articles" } => null,
            { Name: "DeletedAt", Table: "Categories" or "Tags" or "Sources" or "Authors" } => null,
            { Name: "_Position" } => row,
            // The key of a person consists of a tenant id and an object id.
            {
                Name: "ReaderId"
                    or "AssigneeKey"
                    or "ReviewerKey"
                    or "ApproverKey"
                    or "CreatorKey"
                    or "ScheduleRefusedTo"
                    or "ActorKey"
                    or "PersonKey"
                    or "Key"
                    or "Person"
            }
            or { Table: "DeskFacets", Name: "Value" } when type == typeof(byte[]) => (byte[])
                [.. Id.ToByteArray(bigEndian: true), .. IdOf(row).ToByteArray(bigEndian: true)],
            _ when type == typeof(string) => Texts.Value.GetValueOrDefault((column.Table, column.Name), "text"),
            _ when type == typeof(byte[]) => IdOf(row).ToByteArray(bigEndian: true),
            _ when type == typeof(Guid) => IdOf(row),
            _ when type == typeof(bool) => column.Table.Length > 0 || Yes,
            _ when type == typeof(DateTimeOffset) => At,
            _ when type == typeof(DateTime) => At.UtcDateTime,
            _ when type == typeof(DateOnly) => DateOnly.FromDateTime(At.UtcDateTime),
            _ => Convert.ChangeType(row + 1, type, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    // Returns the texts that the product parses, such as enum names, lists of ids and article bodies.
    private static Dictionary<(string Table, string Column), string> TextsOfModel()
    {
        using var db = SqlServerSchema.Open();
        return db
            .Model.GetRelationalModel()
            .Tables.SelectMany(table => table.Columns, (table, column) => (table, column))
            .Select(at => (Key: (at.table.Name, at.column.Name), Text: TextOf(at.column.PropertyMappings[0].Property)))
            .Where(at => at.Text is not null)
            .ToDictionary(at => at.Key, at => at.Text!);
    }

    private static string? TextOf(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var sample =
            type.IsEnum ? Enum.GetValues(type).GetValue(0)
            : type.IsGenericType && type.GenericTypeArguments is [var id] && id.IsAssignableTo(typeof(IEntityId))
                ? ListOf(id)
            : null;
        return property.Name is nameof(Cms.Authors.Author.Links) ? "[]"
            : property.Name is nameof(Cms.Articles.ArticleContent.Body) ? Newsroom.BodyOf("They began on Monday.")
            : type.IsGenericType && type.GenericTypeArguments is [{ IsEnum: true }] ? ""
            : sample is null ? null
            : property.GetTypeMapping().Converter!.ConvertToProvider(sample) as string;
    }

    private static Array ListOf(Type id)
    {
        var list = Array.CreateInstance(id, 1);
        list.SetValue(Activator.CreateInstance(id, Id), 0);
        return list;
    }
}

/// <summary>Reads plausible rows in the shape of a statement's result.</summary>
internal sealed class PlausibleReader(PlausibleRows rows, IReadOnlyList<ResultShape> results) : DbDataReader
{
    private int _result;
    private int _row = -1;

    public override int Depth => 0;

    public override int FieldCount => HasResult ? results[_result].Columns.Count : 0;

    public override bool HasRows => Rows > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => 1;

    private bool HasResult => _result < results.Count;

    private int Rows => HasResult ? results[_result].RowsOf(rows.ListLength) : 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ++_row < Rows;

    public override bool NextResult()
    {
        _row = -1;
        return ++_result < results.Count;
    }

    public override bool IsDBNull(int ordinal) => Value(ordinal, typeof(int)) is null;

    public override T GetFieldValue<T>(int ordinal) =>
        (T)Value(ordinal, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T))!;

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

    public override char GetChar(int ordinal) => GetFieldValue<char>(ordinal);

    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    public override object GetValue(int ordinal) => Value(ordinal, typeof(int)) ?? DBNull.Value;

    public override string GetDataTypeName(int ordinal) => "sql_variant";

    public override Type GetFieldType(int ordinal) => typeof(object);

    public override string GetName(int ordinal) => results[_result].Columns[ordinal].Alias;

    public override int GetOrdinal(string name) => results[_result].Columns.FindIndex(column => column.Alias == name);

    public override int GetValues(object[] values) => throw new NotSupportedException("EF reads a column at a time.");

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException("EF reads whole values.");

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException("EF reads whole values.");

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    private object? Value(int ordinal, Type type) => rows.Value(results[_result].Columns[ordinal], _row, type);
}
