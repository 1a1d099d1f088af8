using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Cms.Tests.SqlServer;

/// <summary>A connection that opens immediately, without a server.</summary>
internal sealed class AbsentConnection(AbsentSqlServer server) : DbConnection
{
    private ConnectionState _state = ConnectionState.Closed;

    [AllowNull]
    public override string ConnectionString { get; set; } = AbsentSqlServer.ConnectionString;

    public override string Database => "Cms";

    public override string DataSource => "absent";

    public override string ServerVersion => "16.00.0000";

    public override ConnectionState State => _state;

    public override void Open() => _state = ConnectionState.Open;

    public override void Close() => _state = ConnectionState.Closed;

    public override void ChangeDatabase(string databaseName) { }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        new AbsentTransaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new AbsentCommand(server) { Connection = this };
}

internal sealed class AbsentTransaction(AbsentConnection connection, IsolationLevel isolation) : DbTransaction
{
    public override IsolationLevel IsolationLevel => isolation;

    public override bool SupportsSavepoints => true;

    protected override DbConnection DbConnection => connection;

    public override void Commit() { }

    public override void Rollback() { }

    public override void Save(string savepointName) { }

    public override void Rollback(string savepointName) { }

    public override void Release(string savepointName) { }
}

/// <summary>A command with parameters of type SqlParameter, which EF's type mappings require.</summary>
internal sealed class AbsentCommand(AbsentSqlServer server) : DbCommand
{
    private readonly SqlCommand _text = new();

    [AllowNull]
    public override string CommandText
    {
        get => _text.CommandText;
        set => _text.CommandText = value;
    }

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection => _text.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() { }

    public override void Prepare() { }

    // Reports one changed row.
    public override int ExecuteNonQuery()
    {
        Log();
        return 1;
    }

    public override object? ExecuteScalar()
    {
        using var reader = Answer();
        return reader.Read() ? reader.GetValue(0) : null;
    }

    protected override DbParameter CreateDbParameter() => new SqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Answer();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }

        base.Dispose(disposing);
    }

    private PlausibleReader Answer()
    {
        Log();
        return new PlausibleReader(server.Rows, ResultShape.Of(CommandText));
    }

    private void Log() => server.Take(new CapturedStatement(CommandText, [.. _text.Parameters.Cast<SqlParameter>()]));
}
