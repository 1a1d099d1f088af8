using Microsoft.Extensions.DependencyInjection;

namespace Cms.Search;

internal static class SearchFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddSearch() =>
            services.AddScoped<SearchArticles>().AddScoped<CountSearchFacets>().AddScoped<SearchTextByArticle>();
    }
}
