#!/bin/sh
# Builds echarts.min.js from the versions that package-lock.json names, and the notices that travel with it.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund
{
  echo '/*! Apache ECharts 6.1.0 (core, custom series, grid, tooltip, SVG), Apache License 2.0; ZRender 6.1.0, BSD 3-Clause; tslib, 0BSD. Licences: assets/charts in leadsim. */'
  ./node_modules/.bin/esbuild entry.mjs --bundle --minify --format=iife --global-name=echarts \
    --target=es2020 --define:process.env.NODE_ENV='"production"' --legal-comments=none
} > echarts.min.js
cp node_modules/echarts/LICENSE LICENSE-echarts.txt
cp node_modules/echarts/NOTICE NOTICE-echarts.txt
cp node_modules/zrender/LICENSE LICENSE-zrender.txt
rm -rf node_modules
wc -c echarts.min.js
sha256sum echarts.min.js
