using Microsoft.Extensions.DependencyInjection;

namespace Cms.Articles;

internal static class ArticlesFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddArticles() =>
            services
                .AddSingleton<CreateArticle>()
                .AddSingleton<SaveArticle>()
                .AddSingleton<PublishArticle>()
                .AddSingleton<CorrectArticle>()
                .AddSingleton<WithdrawArticle>()
                .AddSingleton<RestoreRevision>()
                .AddScoped<ReadArticle>()
                .AddScoped<ListArticles>()
                .AddScoped<ArticleById>()
                .AddScoped<CorrectionsByArticle>()
                .AddScoped<TagsByEdition>()
                .AddScoped<ToolsByEdition>();
    }
}
