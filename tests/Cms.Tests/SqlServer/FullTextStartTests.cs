using System.Collections.Concurrent;
using Cms.Data;
using Cms.SqlServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Tests.SqlServer;

/// <summary>Startup on a SQL Server with and without the full-text component.</summary>
public sealed class FullTextStartTests : IAsyncLifetime
{
    private const string Warning = "SearchDocuments has no full-text index";
    private const string Filling = "SET [s].[Words] =";

    private readonly Log _log = new();
    private readonly SqlServerCapture _server;

    public FullTextStartTests() =>
        _server = new(services => services.AddSingleton(_log).AddSingleton(typeof(ILogger<>), typeof(Logger<>)));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Without_full_text_startup_logs_a_warning_and_fills_in_the_words_for_search()
    {
        var sent = await StartAsync(hasFullText: false);

        Assert.Contains(_log.Warnings, warning => warning.StartsWith(Warning, StringComparison.Ordinal));
        Assert.Contains(sent, statement => statement.Sql.Contains(Filling, StringComparison.Ordinal));
        Assert.False(_server.Services.GetRequiredService<SqlServerArticleSearch>().HasFullText);
    }

    [Fact]
    public async Task With_full_text_startup_logs_no_warning_and_does_not_fill_in_words()
    {
        var sent = await StartAsync(hasFullText: true);

        Assert.Empty(_log.Warnings);
        Assert.DoesNotContain(sent, statement => statement.Sql.Contains(Filling, StringComparison.Ordinal));
        Assert.True(_server.Services.GetRequiredService<SqlServerArticleSearch>().HasFullText);
    }

    private Task<IReadOnlyList<CapturedStatement>> StartAsync(bool hasFullText) =>
        _server.RunAsync(
            new PlausibleRows { Yes = hasFullText },
            services => services.GetRequiredService<IDatabaseProvider>().PrepareAsync(default)
        );

    private sealed class Log
    {
        private readonly ConcurrentQueue<string> _warnings = [];

        public IReadOnlyList<string> Warnings => [.. _warnings];

        public void Add(string message) => _warnings.Enqueue(message);
    }

    private sealed class Logger<T>(Log log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => log.Add(formatter(state, exception));
    }
}
