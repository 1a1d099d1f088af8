using System.Globalization;
using System.Text;

namespace Cms.Benchmarks;

/// <summary>Measures workloads and their floors, one after another, on one server.</summary>
internal sealed class Measurement(ServerProcess server, HttpConnection connection, Settings settings)
{
    public const string Head = """
        | | requests per CPU-second | µs CPU | KB allocated | SQL | bytes | of hand-written SQL | of fixed bytes | p50 / p99 ms at 64 |
        |---|---|---|---|---|---|---|---|---|
        """;

    private readonly TimeSpan _length = TimeSpan.FromSeconds(settings.Seconds);
    private readonly TimeSpan _warmup = TimeSpan.FromSeconds(settings.Warmup);

    /// <summary>Measures uncached responses.</summary>
    public async Task<string> RowAsync(Workload workload, int statements)
    {
        var answer = (await connection.SendAsync(workload.Requests[0])).ToArray();
        var load = new Load(workload.Requests, settings.Connections);
        var (product, crowded) = await MeasureAsync(load);
        var bytes = await BytesAsync(workload, answer);
        var sql = workload.Name is "W2H" ? null : await FloorAsync(workload.ToFloor("sql"), answer);
        return Row(
            workload.Name,
            product,
            crowded,
            statements.ToString(CultureInfo.InvariantCulture),
            answer.Length,
            sql,
            bytes
        );
    }

    /// <summary>Measures cached responses, and checks that each comes from the cache.</summary>
    public async Task<string> KeptRowAsync(Workload workload)
    {
        foreach (var request in workload.Requests)
        {
            await connection.SendAsync(request);
        }

        var answer = (await connection.SendAsync(workload.Requests[0])).ToArray();
        var (product, crowded) = await MeasureAsync(new Load(workload.Requests, settings.Connections, Expected.Kept));
        var bytes = await BytesAsync(workload, answer);
        return Row($"{workload.Name} cached", product, crowded, "0", answer.Length, sql: null, bytes);
    }

    private async Task<(Cost Product, Cost Crowded)> MeasureAsync(Load load)
    {
        await load.RunAsync(server, _warmup);
        return (await load.RunAsync(server, _length), await (load with { Connections = 64 }).RunAsync(server, _length));
    }

    private async Task<Cost> BytesAsync(Workload workload, byte[] answer)
    {
        var head =
            $"POST /floor/bytes/{workload.Name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {answer.Length}\r\n\r\n";
        await connection.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. answer]);
        return await FloorAsync(workload.ToFloor("bytes"), answer);
    }

    private async Task<Cost> FloorAsync(IReadOnlyList<byte[]> requests, byte[] answer)
    {
        var same = await connection.SendAsync(requests[0]);
        if (!same.Span.SequenceEqual(answer))
        {
            throw new InvalidDataException(
                $"The product and its floor respond differently:\n{Encoding.UTF8.GetString(answer)}\n{Encoding.UTF8.GetString(same.Span)}"
            );
        }

        var load = new Load(requests, settings.Connections);
        await load.RunAsync(server, _warmup / 3);
        return await load.RunAsync(server, _length / 2);
    }

    private static string Row(
        string name,
        Cost product,
        Cost crowded,
        string statements,
        int length,
        Cost? sql,
        Cost bytes
    )
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {product.PerCpuSecond:0} | {product.Microseconds:0.#} | {product.KilobytesEach:0.0} | {statements} | {length} | {Ratio(sql)} | {Ratio(bytes)} | {crowded.P50:0.0} / {crowded.P99:0.0} |"
        );

        string Ratio(Cost? floor) =>
            floor is null
                ? "–"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{product.PerCpuSecond / floor.PerCpuSecond:0.00} ({floor.PerCpuSecond:0})"
                );
    }
}
