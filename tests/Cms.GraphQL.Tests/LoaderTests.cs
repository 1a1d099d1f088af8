using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class LoaderTests
{
    private readonly Numbers _numbers = new();

    [Fact]
    public async Task Keys_gathered_before_anyone_waits_are_read_once()
    {
        var (one, two, again) = (_numbers.Load(1), _numbers.Load(2), _numbers.Load(1));

        Assert.Equal("1", await one.GetResultAsync());
        Assert.Equal("2", await two.GetResultAsync());
        Assert.Equal("1", await again.GetResultAsync());
        Assert.Equal([(2, default)], _numbers.Reads);
    }

    [Fact]
    public async Task More_keys_than_a_batch_holds_are_read_in_several()
    {
        var all = Enumerable.Range(0, 1_100).Select(x => _numbers.Load(x)).ToList();

        foreach (var (i, one) in all.Index())
        {
            Assert.Equal($"{i}", await one.GetResultAsync());
        }

        Assert.Equal([500, 500, 100], _numbers.Reads.Select(x => x.Keys));
    }

    [Fact]
    public async Task A_failed_batch_leaves_the_others_alone()
    {
        var bad = _numbers.Load(-1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad.GetResultAsync());

        Assert.Equal("3", await _numbers.Load(3).GetResultAsync());
    }

    [Fact]
    public async Task A_batch_reads_the_columns_of_all_who_wait_and_reads_again_only_for_more()
    {
        var (first, second, third) = (new ColumnSet(1), new ColumnSet(2), new ColumnSet(4));
        _numbers.Load(1, first);
        await _numbers.Load(1, second).GetResultAsync();
        await _numbers.Load(1, first).GetResultAsync();
        await _numbers.Load(1, third).GetResultAsync();

        Assert.Equal([(1, first | second), (1, third)], _numbers.Reads);
    }

    private sealed class Numbers : BatchLoader<int, string?>
    {
        public List<(int Keys, ColumnSet Columns)> Reads { get; } = [];

        protected override Task<Dictionary<int, string?>> ReadAsync(
            List<int> keys,
            ColumnSet columns,
            CancellationToken cancellationToken
        )
        {
            Reads.Add((keys.Count, columns));
            return keys.Contains(-1)
                ? throw new InvalidOperationException("no such number")
                : Task.FromResult(keys.ToDictionary(x => x, string? (x) => $"{x}"));
        }
    }
}
