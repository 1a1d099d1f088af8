using Cms.Server.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>A request inside the process begins and ends as one over the network does.</summary>
public sealed class InProcessHandlerTests
{
    [Fact]
    public async Task Headers_that_are_set_when_the_response_starts_are_in_it()
    {
        using var client = ClientOf(async http =>
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            await http.Response.WriteAsync("answer");
        });

        using var response = await client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("answer", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_services_of_a_request_are_disposed_at_its_end(bool fails)
    {
        Probe? probe = null;
        using var client = ClientOf(http =>
        {
            probe = http.RequestServices.GetRequiredService<Probe>();
            return fails ? throw new InvalidOperationException("A fault of the pipeline.") : Task.CompletedTask;
        });

        var answer = client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(fails, await Record.ExceptionAsync(() => answer) is not null);
        Assert.True(probe!.IsDisposed);
    }

    private static HttpClient ClientOf(RequestDelegate pipeline)
    {
        var services = new ServiceCollection().AddScoped<Probe>().BuildServiceProvider();
        var handler = new InProcessHandler(services.GetRequiredService<IServiceScopeFactory>());
        handler.Use(pipeline);
        return new HttpClient(handler) { BaseAddress = new Uri("http://localhost") };
    }

    private sealed class Probe : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
