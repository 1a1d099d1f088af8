using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class LoaderTests
{
    private readonly Numbers _numbers = new();

    [Fact]
    public async Task Keys_collected_before_the_first_await_are_read_in_one_batch()
    {
        var (one, two, again) = (_numbers.Load(1), _numbers.Load(2), _numbers.Load(1));

        Assert.Equal("1", await one.GetResultAsync());
        Assert.Equal("2", await two.GetResultAsync());
        Assert.Equal("1", await again.GetResultAsync());
        Assert.Equal([(2, default)], _numbers.Reads);
    }

    [Fact]
    public async Task More_keys_than_fit_in_a_batch_are_read_in_several_batches()
    {
        var all = Enumerable.Range(0, 1_100).Select(x => _numbers.Load(x)).ToList();

        foreach (var (i, one) in all.Index())
        {
            Assert.Equal($"{i}", await one.GetResultAsync());
        }

        Assert.Equal([500, 500, 100], _numbers.Reads.Select(x => x.Keys));
    }

    [Fact]
    public async Task A_failed_batch_does_not_affect_other_batches()
    {
        var bad = _numbers.Load(-1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad.GetResultAsync());

        Assert.Equal("3", await _numbers.Load(3).GetResultAsync());
    }

    [Fact]
    public async Task A_batch_reads_all_requested_columns_and_reads_a_key_again_only_for_more_columns()
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
                ? throw new InvalidOperationException("The number is negative.")
                : Task.FromResult(keys.ToDictionary(x => x, string? (x) => $"{x}"));
        }
    }
}
